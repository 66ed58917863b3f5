// Says what the last measured run of the tests (npm run measure) executed, and fails below the floor.
//   --raise        raises the floor to what was measured and writes docs/code-coverage.md
//   --missed PATH  lists the lines and branches under this path that no test executes
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Floor, judge, percentagesOf, raised } from "./floor.ts";
import { measureCoverage } from "./measure.ts";
import { coveragePage, roomTable } from "./page.ts";
import { RAW_FOLDER, ROOT } from "./scope.ts";

const FLOOR = join(import.meta.dirname, "floor.json");
const RESULTS = join(ROOT, "coverage/measured-results.json");

const { values } = parseArgs({ options: { raise: { type: "boolean" }, missed: { type: "string" } } });

function skippedTests(): number {
  const results = JSON.parse(readFileSync(RESULTS, "utf8")) as { numPendingTests: number; numTodoTests: number };
  return results.numPendingTests + results.numTodoTests;
}

function tell(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

if (!existsSync(RAW_FOLDER)) {
  process.stderr.write("no run of the tests was measured; run npm run measure first\n");
  process.exit(2);
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
  if (below.length > 0 && skipped > before.skippedTests) {
    tell(
      `not held against this run: it skipped ${skipped} tests, and ${before.skippedTests} were skipped when the floor was set`,
    );
  } else if (below.length > 0) {
    process.exitCode = 1;
  }
}
