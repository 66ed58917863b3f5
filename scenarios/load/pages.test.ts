import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fallbacks, type Scenario } from "../../harness/load/index.ts";
import { latencyMetrics } from "../../harness/measure/index.ts";
import { builtInScenarios } from "./index.ts";

const folder = join(import.meta.dirname, "../../docs/scenarios");
const page = (name: string): string => readFileSync(join(folder, `${name}.md`), "utf8");

/** The table of options as a page must have it, from the scenario itself. */
function optionsTable(scenario: Scenario): string {
  const { defaults = {}, model = "open" } = scenario;
  const rows: [string, string, string][] = [
    ["--clients", String(defaults.clients ?? fallbacks.clients), "users that are logged in at the same time"],
  ];
  if (scenario.act && model === "open") {
    rows.push(["--rate", `${defaults.rate ?? fallbacks.rate}/s`, "arrivals per second of all users together"]);
  }
  if (model === "closed") rows.push(["--think", defaults.think ?? fallbacks.think, "mean thinking time of a user"]);
  rows.push(
    ["--warmup", defaults.warmup ?? fallbacks.warmup, "traffic before the measured time"],
    ["--duration", defaults.duration ?? fallbacks.duration, "measured time"],
  );
  for (const [name, option] of Object.entries(scenario.options ?? {})) {
    rows.push([
      `--${name}`,
      option.type === "boolean" && !option.default ? "off" : String(option.default),
      option.describe,
    ]);
  }
  const lines = rows.map(([name, value, what]) => `| \`${name}\` | ${value} | ${what} |`);
  return ["| option | default | what it says |", "|---|---|---|", ...lines, ""].join("\n");
}

describe("the pages of the scenarios", () => {
  it("are there for every scenario that comes with the tool, and for nothing else", () => {
    const names = builtInScenarios.map(({ scenario }) => `${scenario.name}.md`);
    expect(readdirSync(folder).sort()).toEqual(names.sort());
    const overview = readFileSync(join(folder, "../load.md"), "utf8");
    for (const name of names) expect(overview).toContain(`](scenarios/${name})`);
  });

  it.each(builtInScenarios.map(({ scenario }) => [scenario.name, scenario] as const))(
    "%s: states the real defaults, and what is measured, checked and printed",
    (name, scenario) => {
      const text = page(name);
      expect(text).toContain(optionsTable(scenario));
      expect(text.split("\n")[0]).toBe(`# ${name}`);
      for (const heading of ["## Options", "## Measured", "## Checked", "## Example"]) expect(text).toContain(heading);
      for (const metric of Object.keys(scenario.metrics ?? {})) expect(text).toContain(`\`${metric}\``);
      expect(text).toContain(`npx cupping load ${name}`);
      expect(text).toContain(`(../../scenarios/load/${name}.ts)`);
    },
  );

  it.each(builtInScenarios.map(({ scenario }) => [scenario.name, scenario] as const))(
    "%s: name no metric that does not exist",
    (name, scenario) => {
      const measured = /## Measured\n([\s\S]*?)\n## /.exec(page(name))?.[1] ?? "";
      const named = [...measured.matchAll(/^- `(\w+)`/gm)].map(([, metric]) => metric);
      expect(named.length).toBeGreaterThan(0);
      const known = [...Object.keys(latencyMetrics), ...Object.keys(scenario.metrics ?? {})];
      for (const metric of named) expect(known).toContain(metric);
    },
  );
});
