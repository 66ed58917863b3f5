// Scripts for developers say in one sentence what is wrong with their command line, and do nothing.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const STACK = /^ {4}at /m;

function run(script: string, words: readonly string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, script), ...words], { cwd: root }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}

const scripts = [
  "bench/client/run.ts",
  "bench/cluster/faults.ts",
  "bench/codec/run.ts",
  "bench/scale/scale.ts",
  "bench/scale/side-by-side.ts",
  "bench/server/attack.ts",
  "bench/server/floods.ts",
  "bench/server/run.ts",
  "bin/config/write-schema.ts",
  "codegen/generate.ts",
  "test/code-coverage/check-floor.ts",
  "test/mutation/run.ts",
  "test/proof/kill-matrix.ts",
  "test/rule-coverage/measure-flakes.ts",
  "test/rule-coverage/write-coverage.ts",
  "test/rule-document/write-rules.ts",
];

test.each(scripts)("%s names an option that it does not know, and those that there are", async (script) => {
  const { code, stdout, stderr } = await run(script, ["--nope"]);
  expect(stderr).toMatch(/^Unknown option '--nope'; there (is|are) --[a-z-]+(, --[a-z-]+)*\n$/);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test.each([
  ["bench/codec/run.ts", ["--rounds", "many"], '--rounds takes a whole number from 1 on, but got "many"'],
  ["bench/codec/run.ts", ["--rounds", ""], '--rounds takes a whole number from 1 on, but got ""'],
  ["bench/codec/run.ts", ["--turn", "0"], '--turn takes a number above 0, but got "0"'],
  ["bench/codec/run.ts", ["--filter", "("], '--filter takes a regular expression, but got "("'],
  ["bench/codec/run.ts", ["--rounds"], "Option '--rounds <value>' argument missing"],
  ["bench/codec/run.ts", ["--rounds", "--json"], "Option '--rounds' argument is ambiguous"],
  ["bench/codec/run.ts", ["rounds"], "Unexpected argument 'rounds'"],
  ["bench/scale/scale.ts", ["--scenario", "nope"], '--scenario: there is no scenario "nope"'],
  ["bench/scale/side-by-side.ts", ["--only", "nope"], '--only: there is no tool "nope"'],
  ["test/proof/kill-matrix.ts", ["--mutant", "nope"], '--mutant: there is no mutant "nope"'],
  ["test/proof/kill-matrix.ts", ["--case", "nope"], '--case: no case matches "nope"'],
])("%s %j is refused in one sentence", async (script, words, sentence) => {
  const { code, stdout, stderr } = await run(script, words);
  expect(stderr.startsWith(sentence), stderr).toBe(true);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(stderr).not.toMatch(STACK);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test.each([
  ["is off where it is on by itself", '{ audit: { type: "switch", default: true } }', "--no-audit", { audit: false }],
  ["has a name of its own", '{ "no-restarts": { type: "switch" } }', "--no-restarts", { "no-restarts": true }],
])("a switch that is written with no- %s", async (_what, options, word, values) => {
  const module = join(root, "test/scripts/options.ts");
  const program = `import { scriptOptions } from ${JSON.stringify(module)}; console.log(JSON.stringify(scriptOptions(${options})));`;
  const stdout = await new Promise<string>((resolve) => {
    const words = ["--input-type=module", "-e", program, "--", word];
    execFile(process.execPath, words, (_error, out) => resolve(out));
  });
  expect(JSON.parse(stdout)).toEqual(values);
});
