import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { measuredTests } from "./test/code-coverage/scope.ts";

const isMeasured = process.env["CUPPING_COVERAGE"] === "1";

// Tests start thousands of processes, each of which would compile the same modules again. A run that is measured does
// without: V8 counts less exactly in code that comes from the cache.
if (!isMeasured) process.env["NODE_COMPILE_CACHE"] ??= join(tmpdir(), "cupping-compile-cache");

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

const config: ViteUserConfig = defineConfig({
  test: {
    include: isMeasured
      ? [...measuredTests]
      : ["{proto,codegen,server-ref,harness,scenarios,reports,bin,bench,test}/**/*.test.ts"],
    pool: "forks",
    // Node runs the TypeScript as it is, here as everywhere; so V8 counts the same places in every process.
    ...(isMeasured && { experimental: { viteModuleRunner: false } }),
    globalSetup: isMeasured ? ["test/code-coverage/begin.ts"] : [],
    setupFiles: isMeasured ? ["test/code-coverage/collect.ts"] : [],
    // Tests start servers and clients of their own; more files at once than cores would only measure the machine.
    maxWorkers: 2,
    sequence: { sequencer: LongestApart },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: [
      "default",
      ["json", { outputFile: isMeasured ? "coverage/measured-results.json" : "coverage/test-results.json" }],
    ],
  },
});

export default config;
