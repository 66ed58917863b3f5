import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const launcher = join(import.meta.dirname, "../cupping.js");

test.each(["0s", "999ms"])("a recovery of %s is bad usage: no client is back by then", (recovery) => {
  const words = ["faults", "--only", "latency", "--dry-run", "--recovery", recovery];
  const run = (): string => execFileSync(process.execPath, [launcher, ...words], { encoding: "utf8", stdio: "pipe" });
  expect(run).toThrow(/--recovery must be at least 1s: clients wait that long before they come back/);
});
