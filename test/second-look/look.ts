// Runs the test files that failed once more, with nothing beside them: a test that measures time may be wrong about a
// machine on which others run. What passes only then is named, since it is a test to be mended.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { failedFiles, passedAlone, replaced, type TestResults } from "./results.ts";

const RESULTS = "coverage/test-results.json";
/** More files than these do not fail by a busy machine. */
const MOST_FILES = 4;

const read = (): TestResults => JSON.parse(readFileSync(RESULTS, "utf8")) as TestResults;

const first = read();
const files = failedFiles(first).map((file) => relative(process.cwd(), file));
if (files.length === 0 || files.length > MOST_FILES) {
  console.log(`${files.length} test files failed; from 1 to ${MOST_FILES} are looked at once more`);
  process.exit(1);
}
console.log(`a second look at what failed, with nothing beside it: ${files.join(", ")}`);
const words = ["run", ...files, "--maxWorkers=1"];
// It writes its own results in place of the first ones.
const { status } = spawnSync("npx", ["--no-install", "vitest", ...words], { stdio: "inherit" });
const second = read();
for (const name of passedAlone(first, second)) console.log(`passed only with nothing beside it: ${name}`);
writeFileSync(RESULTS, JSON.stringify(replaced(first, second)));
process.exit(status ?? 1);
