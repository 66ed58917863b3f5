import { configDefaults, defineConfig, type ViteUserConfig } from "vitest/config";

/** Meets ten slow servers with the whole suite, one after the other: run by hand with CUPPING_LONG_TESTS=1. */
const longTests = process.env["CUPPING_LONG_TESTS"] ? [] : ["test/proof/different.test.ts"];

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["{proto,codegen,server-ref,harness,scenarios,reports,bin,bench,test}/**/*.test.ts"],
    exclude: [...configDefaults.exclude, ...longTests],
    pool: "forks",
    // Tests start servers and clients of their own; more files at once than cores would only measure the machine.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default", ["json", { outputFile: "coverage/test-results.json" }]],
  },
});

export default config;
