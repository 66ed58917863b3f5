// Runs the suite against the reference server and writes docs/coverage.json and docs/coverage.md. With `--update` only
// the cases that are new or did not pass in the recorded run are run, and the rest is kept.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { conformanceCases } from "../../scenarios/conformance/index.ts";
import { gaps, rules } from "../../scenarios/rules/index.ts";
import { recordMarks, stopRecordingMarks } from "../../server-ref/marks.ts";
import { mutants } from "../../server-ref/mutants/index.ts";
import { runAgainstReference } from "../proof/run.ts";
import { scriptOptions } from "../scripts/options.ts";
import { axesSection } from "./axes.ts";
import { type Coverage, coverageOf, coveragePage, passedBefore } from "./coverage.ts";

const root = join(import.meta.dirname, "../..");
const SEED = 1;

/** The ids of rules that the server's own source names; mutants and tests break rules instead of enforcing them. */
function rulesNamedInSource(): Set<string> {
  const folder = join(root, "server-ref");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !/^(mutants|testing)\//.test(file),
  );
  return new Set(files.flatMap((file) => readFileSync(join(folder, file), "utf8").match(/\b[A-Z]+-\d\d\b/g) ?? []));
}

const values = scriptOptions({ update: { type: "switch" } });
const nothing: Coverage = { ruleSet: "", rules: [] };
const recorded = values.update
  ? (JSON.parse(readFileSync(join(root, "docs/coverage.json"), "utf8")) as Coverage)
  : nothing;
const kept = passedBefore(recorded, conformanceCases);
const exercised = recorded.rules.filter(({ enforcement }) => enforcement === "exercised").map(({ rule }) => rule);

const fresh = recordMarks();
const chosen = conformanceCases.filter((one) => !kept.includes(one));
const results = await runAgainstReference(chosen, { seed: SEED });
stopRecordingMarks();
const coverage = coverageOf(rules, {
  cases: conformanceCases,
  results: [...results, ...kept.map(({ id }) => ({ id, status: "passed" as const }))],
  marks: new Set([...exercised, ...fresh]),
  named: rulesNamedInSource(),
  mutants,
});
writeFileSync(join(root, "docs/coverage.json"), `${JSON.stringify(coverage, undefined, 1)}\n`);
writeFileSync(
  join(root, "docs/coverage.md"),
  `${coveragePage(coverage)}\n${axesSection(rules, conformanceCases, gaps)}`,
);
const failed = results.filter(({ status }) => status === "failed" || status === "errored");
for (const { id, reason } of failed) process.stderr.write(`${id}: ${reason}\n`);
const unrun = results.filter(({ status }) => status === "couldNotRun");
for (const { id, reason } of unrun) process.stderr.write(`${id} could not run: ${reason}\n`);
process.stderr.write(
  `${results.length} cases run, ${failed.length} failed, ${unrun.length} could not run; docs/coverage.json and .md are written\n`,
);
if (unrun.length > 0) process.stderr.write("run it again when the machine is less busy: each case has to have run\n");
process.exitCode = failed.length + unrun.length > 0 ? 1 : 0;
