import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const launcher = join(import.meta.dirname, "../bin/cupping.js");
const STACK = /^ {4}at /m;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cupping-errors-"));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** @param nodeOptions of Node itself, before the command line's entry */
function cupping(words: string[], nodeOptions: string[] = []): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...nodeOptions, launcher, ...words], { cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}

/** Code that fails in a process of ours while it runs, as a mistake of ours would. */
const mistakes: [how: string, source: string, message: string][] = [
  ["throws", 'throw new TypeError("no such field")', "TypeError: no such field"],
  ["rejects", 'Promise.reject(new RangeError("no such row"))', "RangeError: no such row"],
];

/** Runs the code once the command line has begun, which is when it listens to what nobody catches. */
function onceBegun(source: string): string {
  const program = `const begun = setInterval(() => {
    if (process.listenerCount("uncaughtException") === 0) return;
    clearInterval(begun);
    ${source};
  }, 10)`;
  return `data:text/javascript,${encodeURIComponent(program)}`;
}

test.each(mistakes)(
  "what %s without being awaited ends the command as an internal error",
  async (_, source, message) => {
    const preloaded = ["--import", onceBegun(source)];
    const { code, stderr } = await cupping(
      ["serve", "--store", "memory:", "--tcp", "0", "--ws", "0", "--http", "0"],
      preloaded,
    );
    expect(code).toBe(4);
    expect(stderr).toMatch(new RegExp(`^cupping: ${message}\n`));
    expect(stderr).toMatch(STACK);
    expect(stderr.trimEnd().split("\n").at(-1)).toMatch(/Please report it/);
  },
);

const SCENARIOS = {
  "prepares.mjs":
    'export default { name: "mine", title: "", act() {}, async prepare() {\n    throw new Error("no greeting");\n} };',
  "acts.mjs": 'export default { name: "mine", title: "", act() {\n    throw new Error("no greeting");\n} };',
  "unloadable.mjs": 'import "./no-such-module.mjs";',
  "unreadable.mjs": "export default {\n  a: : 1 };",
  "imports.cjs": 'import "node:fs";',
  "empty.mjs": "export default {};",
};

test.each([
  [
    ["load", "prepares.mjs"],
    /the scenario mine failed in prepare: no greeting\nThe error began at .*prepares\.mjs:2:11\.$/,
    4,
  ],
  [["load", "acts.mjs"], /the scenario mine failed in act: no greeting\nThe error began at .*acts\.mjs:2:11\.$/, 4],
  [["load", "unloadable.mjs"], /unloadable\.mjs cannot be loaded: /, 2],
  [["load", "unreadable.mjs"], /the scenario .*unreadable\.mjs cannot be loaded: Unexpected token ':', at .*:2$/, 2],
  [["load", "imports.cjs"], /it is an ES module, .* says CommonJS; call it .*imports\.mjs$/, 2],
  [["load", "empty.mjs"], /empty\.mjs has no scenario as its default export/, 2],
  [["report", "no-such-result.json"], /no-such-result\.json/, 2],
  [["conformance", "--config", "prepares.mjs", "--users", "file:none.csv"], /./, 2],
])("a user's mistake in `cupping %s` shows no stack trace", async (words, sentence, exitCode) => {
  for (const [name, text] of Object.entries(SCENARIOS)) await writeFile(join(folder, name), text);
  const load = words[0] === "load" ? ["--clients", "2", "--rate", "1", "--duration", "2s"] : [];
  const { code, stderr } = await cupping([...words, ...load]);
  expect(stderr.trimEnd()).toMatch(sentence);
  expect(stderr).not.toMatch(STACK);
  expect(stderr).not.toMatch(/Please report/);
  expect(code).toBe(exitCode);
});

const NOWHERE = "nowhere/file";
const SERVE = ["serve", "--tcp", "0", "--ws", "0", "--http", "0"];

test.each([
  [["conformance", "--known-failing", NOWHERE], 2],
  [["conformance", "--capabilities", NOWHERE], 2],
  [["conformance", "--users", `file:${NOWHERE}`], 2],
  [["conformance", "--config", NOWHERE], 2],
  [["replay", NOWHERE], 2],
  [["report", NOWHERE], 2],
  [["decode", NOWHERE], 2],
  [["load", `./${NOWHERE}.mjs`], 2],
  [["conformance", "--only", "HB-01", "--out", "taken/file"], 4],
  [[...SERVE, "--store", "memory:", "--users-file", NOWHERE], 2],
  [[...SERVE, "--store", `sqlite:${NOWHERE}`], 3],
  [[...SERVE, "--store", "memory:", "--tls-cert", NOWHERE, "--tls-key", NOWHERE], 2],
])("what `cupping %s` cannot open is named once", async (words, exitCode) => {
  await writeFile(join(folder, "taken"), "");
  const { code, stderr } = await cupping(words);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(stderr.match(/nowhere.file|taken/g)).toHaveLength(1);
  expect(stderr).not.toMatch(/ (open|mkdir|read|write|stat|scandir|spawn)( '|$)/m);
  expect(code).toBe(exitCode);
});
