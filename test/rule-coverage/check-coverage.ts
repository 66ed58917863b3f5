// Fails when a rule has neither a case nor a reason, when it lacks an axis that its kind demands, when a MUST rule has no
// mutant that its own case kills, or when docs/coverage.json or docs/kill-matrix.json is older than cases and mutants.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { conformanceCases } from "../../scenarios/conformance/index.ts";
import { axes, gaps, MOST_GAPS, rules } from "../../scenarios/rules/index.ts";
import { mutants } from "../../server-ref/mutants/index.ts";
import { type KillMatrix, unmetPairsOf } from "../proof/matrix-document.ts";
import { axesSection, axisFaultsOf, numberFaultsOf } from "./axes.ts";
import { type Coverage, faultsOf } from "./coverage.ts";
import { killFaultsOf } from "./kill-faults.ts";

const read = (name: string): string => readFileSync(join(import.meta.dirname, "../../docs", name), "utf8");

function published<T>(name: string): T {
  return JSON.parse(read(name)) as T;
}

const stale = faultsOf(published<Coverage>("coverage.json"), rules, conformanceCases, mutants);
const unvaried = [
  ...axisFaultsOf(rules, conformanceCases, gaps, MOST_GAPS),
  ...numberFaultsOf(rules, conformanceCases, axes.number),
];
if (!read("coverage.md").endsWith(axesSection(rules, conformanceCases, gaps))) {
  stale.push("docs/coverage.md is older than the axes of the rules");
}
const matrix = published<KillMatrix>("kill-matrix.json");
const unproven = killFaultsOf(matrix, rules, mutants);
const names = mutants.map(({ name }) => name);
const ids = conformanceCases.map(({ id }) => id);
const unmet = unmetPairsOf(matrix, names, ids);
for (const fault of [...stale, ...unvaried, ...unproven]) process.stderr.write(`${fault}\n`);
if (stale.length > 0) process.stderr.write("write the coverage file anew with: npm run coverage -- --update\n");
if (unproven.length > 0) process.stderr.write("prove a mutant with: npm run kill-matrix -- --update --mutant NAME\n");
if (unmet > 0) {
  const share = `${unmet} of ${names.length * ids.length} pairs of a mutant and a case have not met yet`;
  process.stderr.write(`${share}, which is no fault: npm run kill-matrix -- --unmet\n`);
}
if (unvaried.length > 0) process.stderr.write("what rules say of axes is described in CONTRIBUTING.md, A rule\n");
process.exitCode = stale.length + unvaried.length + unproven.length > 0 ? 1 : 0;
