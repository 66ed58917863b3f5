// Says what the measured tests executed in the last run that counted (npm run measure, or CI), and fails below the floor.
//   --raise        raises the floor to what was measured and writes docs/code-coverage.md
//   --missed PATH  lists the lines and branches under this path that no test executes
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, matchesGlob, relative } from "node:path";
import { refuseCommandLine, scriptOptions } from "../scripts/options.ts";
import { type Floor, judge, percentagesOf, raised } from "./floor.ts";
import { measureCoverage } from "./measure.ts";
import { coveragePage, roomTable } from "./page.ts";
import { measuredTests, RAW_FOLDER, ROOT } from "./scope.ts";

const FLOOR = join(import.meta.dirname, "floor.json");
const RESULTS = join(ROOT, "coverage/test-results.json");

const values = scriptOptions({ raise: { type: "switch" }, missed: { type: "text" } });

interface FileResults {
  /** The file's whole path. */
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

function resultsOfMeasured(): FileResults[] {
  const { testResults } = JSON.parse(readFileSync(RESULTS, "utf8")) as { testResults: FileResults[] };
  return testResults.filter(({ name }) => measuredTests.some((glob) => matchesGlob(relative(ROOT, name), glob)));
}

const NOT_RUN = new Set(["pending", "skipped", "todo", "disabled"]);

function skippedTests(): number {
  return resultsOfMeasured().flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => NOT_RUN.has(status)),
  ).length;
}

function tell(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

if (!existsSync(RAW_FOLDER) || !existsSync(RESULTS)) {
  refuseCommandLine("no run of the tests was measured; run npm run measure first");
}
const files = measureCoverage();
const now = percentagesOf(files);
const before = existsSync(FLOOR) ? (JSON.parse(readFileSync(FLOOR, "utf8")) as Floor) : undefined;

if (values.missed !== undefined) {
  for (const { path, missedLines, missedBranches } of files) {
    if (!path.startsWith(values.missed) || missedLines.length + missedBranches.length === 0) continue;
    tell(`${path}: lines ${missedLines.join(" ") || "none"}; branches in ${missedBranches.join(" ") || "none"}`);
  }
} else if (values.raise) {
  const floor = raised(before, now, skippedTests());
  writeFileSync(FLOOR, `${JSON.stringify(floor, undefined, 2)}\n`);
  writeFileSync(join(ROOT, "docs/code-coverage.md"), coveragePage(files, floor));
  tell(roomTable(files, floor));
} else if (before === undefined) {
  tell("there is no floor yet: npm run code-coverage:raise sets it");
} else {
  const { below, above } = judge(now, before);
  tell(roomTable(files, before), ...above, ...below);
  if (above.length > 0) tell("the floor should rise: npm run code-coverage:raise");
  const skipped = skippedTests();
  const failed = resultsOfMeasured()
    .filter(({ status }) => status === "failed")
    .map(({ name }) => relative(ROOT, name));
  if (below.length > 0 && failed.length > 0) {
    tell(`not held against this run: tests failed and so did not execute all that they do, in ${failed.join(", ")}`);
  } else if (below.length > 0 && skipped > before.skippedTests) {
    tell(
      `not held against this run: it skipped ${skipped} tests, and ${before.skippedTests} were skipped when the floor was set`,
    );
  } else if (below.length > 0) {
    process.exitCode = 1;
  }
}
