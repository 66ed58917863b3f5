import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeMachine } from "./machine.ts";

const source = join(import.meta.dirname, "machine.ts");
const print = `import { describeMachine } from ${JSON.stringify(source)}; console.log(describeMachine().cpus);`;

test("the machine is described by what this process may use of it", () => {
  expect(describeMachine()).toMatchObject({ node: process.version, arch: process.arch });
  expect(describeMachine().cpus).toBeGreaterThan(0);
});

test.skipIf(process.platform !== "linux")("processors that an affinity takes away are not counted", () => {
  const [command, ...args] = ["taskset", "-c", "0", process.execPath, "--input-type=module-typescript", "-e", print];
  expect(
    execFileSync(command as string, args)
      .toString()
      .trim(),
  ).toBe("1");
});
