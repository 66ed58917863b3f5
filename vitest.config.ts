import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig, type UserWorkspaceConfig, type ViteUserConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { measuredTests } from "./test/code-coverage/scope.ts";

/** Whether the run counts what the measured tests execute. */
const isMeasured = process.env["CUPPING_COVERAGE"] === "1";

// Tests start thousands of processes, each of which would compile the same modules again. Those of measured tests do
// without: V8 counts less exactly in code that comes from the cache.
const compileCache = {
  NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? join(tmpdir(), "cupping-compile-cache"),
};
if (!isMeasured) Object.assign(process.env, compileCache);
// The tests read what the tool says in English, whatever language the terminal of whoever runs them has.
Object.assign(process.env, { LC_ALL: "", LC_MESSAGES: "C" });

/** The files that take minutes by themselves: begun last they would leave a core idle, beside each other they starve. */
const [FIRST, IN_THE_MIDDLE] = ["test/proof/kill-matrix.test.ts", "test/proof/different.test.ts"] as const;

class LongestApart extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const named = (name: string) => sorted.filter(({ moduleId }) => moduleId.endsWith(name));
    const others = sorted.filter((file) => ![...named(FIRST), ...named(IN_THE_MIDDLE)].includes(file));
    const half = Math.floor(others.length / 2);
    return [...named(FIRST), ...others.slice(0, half), ...named(IN_THE_MIDDLE), ...others.slice(half)];
  }
}

const ALL_TESTS = ["{proto,codegen,server-ref,harness,scenarios,reports,bin,bench,test}/**/*.test.ts"];

const behaviour = { pool: "forks", testTimeout: 60_000, hookTimeout: 60_000 } as const;

const measured: UserWorkspaceConfig = {
  test: {
    ...behaviour,
    name: "measured",
    include: [...measuredTests],
    // Node runs the TypeScript as it is, here as everywhere; so V8 counts the same places in every process.
    experimental: { viteModuleRunner: false },
    globalSetup: ["test/code-coverage/begin.ts"],
    setupFiles: ["test/code-coverage/collect.ts"],
  },
};

const others: UserWorkspaceConfig = {
  test: { ...behaviour, name: "others", include: ALL_TESTS, exclude: [...measuredTests], env: compileCache },
};

const config: ViteUserConfig = defineConfig({
  test: {
    ...behaviour,
    ...(isMeasured ? { projects: [measured, others] } : { include: ALL_TESTS }),
    // Tests start servers and clients of their own and wait for their timers: two files leave a third of two cores idle,
    // many would only measure the machine.
    maxWorkers: 3,
    sequence: { sequencer: LongestApart },
    reporters: ["default", ["json", { outputFile: "coverage/test-results.json" }]],
  },
});

export default config;
