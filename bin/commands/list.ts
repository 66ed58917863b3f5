import type { CommandModule } from "yargs";
import { faults } from "../../harness/faults/index.ts";
import { suiteCases } from "../../scenarios/conformance/index.ts";
import { k6Scenarios } from "../../scenarios/k6/index.ts";
import { builtInScenarios } from "../../scenarios/load/index.ts";
import { mutants } from "../../server-ref/mutants/index.ts";
import { jsonRows } from "../options/output.ts";
import { withOptions } from "../options/yargs-options.ts";

/** Something that has a name and one line about it. */
interface Named {
  name: string;
  title: string;
}

/** What there is to run, in the shape that `cupping list --json` prints. */
interface Listing {
  /** For `cupping load`. */
  scenarios: Named[];
  /** For `cupping k6`. */
  k6: Named[];
  cases: { id: string; rule: string; level: string; title: string }[];
  /** For `cupping faults`. */
  faults: Named[];
  mutants: { name: string; breaks: readonly string[]; title: string }[];
}

const named = ({ name, title }: Named): Named => ({ name, title });

const listing = (): Listing => ({
  scenarios: builtInScenarios.map(({ scenario }) => named(scenario)),
  k6: k6Scenarios.map(named),
  cases: suiteCases.map(({ id, rule, level, title }) => ({ id, rule: rule.id, level, title })),
  faults: faults.map(named),
  mutants: mutants.map(({ name, breaks, title }) => ({ name, breaks, title })),
});

function section(heading: string, rows: readonly (readonly [name: string, about: string])[]): string {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return [`${heading} (${rows.length})`, ...rows.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`), ""].join(
    "\n",
  );
}

function text({ scenarios, k6, cases, faults: breakages, mutants: deviations }: Listing): string {
  const row = ({ name, title }: Named) => [name, title] as const;
  return [
    section("Load scenarios", scenarios.map(row)),
    section("k6 scenarios", k6.map(row)),
    section(
      "Conformance cases",
      cases.map(({ id, level, title }) => [id, `${level.padEnd(6)}  ${title}`]),
    ),
    section("Faults", breakages.map(row)),
    section(
      "Mutants",
      deviations.map(({ name, breaks, title }) => [name, `breaks ${breaks.join(", ")}: ${title}`]),
    ),
  ].join("\n");
}

export const command: CommandModule = {
  command: "list",
  describe: "lists load and k6 scenarios, conformance cases, faults and mutants, one line each",
  builder: (yargs) => withOptions(yargs, jsonRows),
  handler: (args) => {
    process.stdout.write(args["json"] ? `${JSON.stringify(listing())}\n` : text(listing()));
  },
};
