import type { CommandModule } from "yargs";
import { CuppingError } from "../../harness/errors.ts";
import { faults } from "../../harness/faults/index.ts";
import { matchesWildcard } from "../../harness/wildcard.ts";
import { suiteCases } from "../../scenarios/conformance/index.ts";
import { k6Scenarios } from "../../scenarios/k6/index.ts";
import { mutants } from "../../server-ref/mutants/index.ts";
import { namedScenarios } from "../load/scenario-choice.ts";
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
  scenarios: namedScenarios.map(named),
  k6: k6Scenarios.map(named),
  cases: suiteCases.map(({ id, rule, level, title }) => ({ id, rule: rule.id, level, title })),
  faults: faults.map(named),
  mutants: mutants.map(({ name, breaks, title }) => ({ name, breaks, title })),
});

/** The listing with those entries alone whose line has all words. */
function chosen(all: Listing, words: readonly string[]): Listing {
  const patterns = words.map((word) => `*${word.toLowerCase()}*`);
  const isChosen = (...line: readonly string[]): boolean =>
    patterns.every((pattern) => matchesWildcard(pattern, line.join(" ").toLowerCase()));
  const hasWords = ({ name, title }: Named): boolean => isChosen(name, title);
  return {
    scenarios: all.scenarios.filter(hasWords),
    k6: all.k6.filter(hasWords),
    cases: all.cases.filter(({ id, level, title }) => isChosen(id, level, title)),
    faults: all.faults.filter(hasWords),
    mutants: all.mutants.filter(({ name, breaks, title }) => isChosen(name, ...breaks, title)),
  };
}

type Row = readonly [name: string, about: string];

function section(heading: string, all: number, rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([name]) => name.length));
  const count = rows.length === all ? `${all}` : `${rows.length} of ${all}`;
  return [
    [`${heading} (${count})`, ...rows.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`), ""].join("\n"),
  ];
}

function text(all: Listing, { scenarios, k6, cases, faults: breakages, mutants: deviations }: Listing): string {
  const row = ({ name, title }: Named): Row => [name, title];
  return [
    ...section("Load scenarios", all.scenarios.length, scenarios.map(row)),
    ...section("k6 scenarios", all.k6.length, k6.map(row)),
    ...section(
      "Conformance cases",
      all.cases.length,
      cases.map(({ id, level, title }) => [id, `${level.padEnd(6)}  ${title}`]),
    ),
    ...section("Faults", all.faults.length, breakages.map(row)),
    ...section(
      "Mutants",
      all.mutants.length,
      deviations.map(({ name, breaks, title }) => [name, `breaks ${breaks.join(", ")}: ${title}`]),
    ),
  ].join("\n");
}

export const command: CommandModule = {
  command: "list [words..]",
  describe: "lists load and k6 scenarios, conformance cases, faults and mutants, one line each",
  builder: (yargs) =>
    withOptions(yargs, jsonRows)
      .positional("words", {
        type: "string",
        array: true,
        describe: "only lines that have all of these words, in capitals or not; * stands for any text",
      })
      .example("$0 list unread", "whatever is about unread counts")
      .example("$0 list 'MSG-07*' group", "the cases of a rule that are about groups"),
  handler: (args) => {
    const words = ((args["words"] ?? []) as readonly unknown[]).map(String);
    const all = listing();
    const found = chosen(all, words);
    if (Object.values(found).every(({ length }) => length === 0)) {
      throw new CuppingError(
        "usage",
        `nothing here has ${words.map((word) => `"${word}"`).join(" and ")} in its line; \`cupping list\` shows all`,
      );
    }
    process.stdout.write(args["json"] ? `${JSON.stringify(found)}\n` : text(all, found));
  },
};
