import type { CommandModule } from "yargs";
import { suiteCases } from "../../scenarios/conformance/index.ts";
import { builtInScenarios } from "../../scenarios/load/index.ts";
import { mutants } from "../../server-ref/mutants/index.ts";

/** What there is to run, in the shape that `cupping list --json` prints. */
interface Listing {
  scenarios: { name: string; title: string }[];
  cases: { id: string; rule: string; level: string; title: string }[];
  mutants: { name: string; breaks: readonly string[]; title: string }[];
}

const listing = (): Listing => ({
  scenarios: builtInScenarios.map(({ scenario: { name, title } }) => ({ name, title })),
  cases: suiteCases.map(({ id, rule, level, title }) => ({ id, rule: rule.id, level, title })),
  mutants: mutants.map(({ name, breaks, title }) => ({ name, breaks, title })),
});

function section(heading: string, rows: readonly (readonly [name: string, about: string])[]): string {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return [`${heading} (${rows.length})`, ...rows.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`), ""].join(
    "\n",
  );
}

export const command: CommandModule = {
  command: "list",
  describe: "load scenarios, conformance cases and mutants, each with one line",
  builder: (yargs) => yargs.option("json", { type: "boolean", default: false, describe: "as JSON" }),
  handler: (args) => {
    const { scenarios, cases, mutants: deviations } = listing();
    process.stdout.write(
      args["json"]
        ? `${JSON.stringify({ scenarios, cases, mutants: deviations })}\n`
        : [
            section(
              "Load scenarios",
              scenarios.map(({ name, title }) => [name, title]),
            ),
            section(
              "Conformance cases",
              cases.map(({ id, level, title }) => [id, `${level.padEnd(6)}  ${title}`]),
            ),
            section(
              "Mutants",
              deviations.map(({ name, breaks, title }) => [name, `breaks ${breaks.join(", ")}: ${title}`]),
            ),
          ].join("\n"),
    );
  },
};
