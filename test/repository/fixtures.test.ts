import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

test("tests start the reference server through its fixtures, never by themselves", () => {
  const files = globSync("{codegen,server-ref,harness,scenarios,reports,bin,test}/**/*.test.ts", { cwd: root });
  expect(files.length).toBeGreaterThan(100);
  const own = files.filter((file) => /import \{[^}]*\bstartServer\b/.test(readFileSync(join(root, file), "utf8")));
  expect(own).toEqual([]);
});
