import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["{proto,codegen,server-ref,harness,scenarios,reports,bin,bench,test}/**/*.test.ts"],
    pool: "forks",
    // Tests start servers and clients of their own; more files at once than cores would only measure the machine.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default", ["json", { outputFile: "coverage/test-results.json" }]],
  },
});

export default config;
