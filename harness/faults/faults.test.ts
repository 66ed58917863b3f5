import { describe, expect, test } from "vitest";
import { registeredAccounts } from "../accounts/index.ts";
import { canMountDisks, startReferenceServer } from "../targets/index.ts";
import { type FaultReport, faults, type GuaranteeName, runFault } from "./index.ts";

const serveArguments = ["--password-cost", "1"];

async function inflict(name: string, mutant?: string): Promise<FaultReport> {
  const fault = faults.find((one) => one.name === name);
  if (!fault) throw new Error(`no fault is called ${name}`);
  await using target = await startReferenceServer({
    serveArguments,
    mutants: mutant === undefined ? [] : [mutant],
    diskBytes: fault.needs === "disk" ? 64 * 1024 * 1024 : undefined,
  });
  const accounts = registeredAccounts(target.http as string, { seed: 1 });
  // A broken server never gets well; three seconds are enough to see that.
  return await runFault(fault, target, accounts, { pairs: 2, recoveryMs: mutant === undefined ? 30_000 : 3_000 });
}

const broken = ({ violations }: FaultReport): GuaranteeName[] =>
  (Object.keys(violations) as GuaranteeName[]).filter((name) => violations[name].length > 0);

describe("the reference server keeps every guarantee", () => {
  for (const { name, needs } of faults) {
    test.skipIf(needs === "disk" && !canMountDisks())(name, () => keepsEveryGuarantee(name, needs === "disk"));
  }
});

async function keepsEveryGuarantee(name: string, mayRefuse: boolean): Promise<void> {
  const report = await inflict(name);
  expect(report.violations).toEqual({
    acknowledged: [],
    kept: [],
    refused: [],
    once: [],
    ordered: [],
    delivered: [],
    counted: [],
  });
  expect(report.acknowledged + report.refused).toBe(report.sent);
  if (!mayRefuse) expect(report.refused).toBe(0);
  expect(report.sent).toBeGreaterThan(20);
}

describe("broken servers are caught", () => {
  test.each([
    ["ack-before-commit", "server-killed", "kept"],
    ["duplicate-stored-twice", "half-open-to-client", "once"],
    ["duplicates-forgotten-at-restart", "killed-before-answering", "once"],
    ["duplicate-refused", "half-open-to-client", "refused"],
    ["lost-on-disconnect", "connections-reset", "counted"],
    ["one-skipped-between-pages", "half-open-to-client", "delivered"],
  ] as const)("%s under %s breaks the guarantee %s", async (mutant, fault, guarantee) => {
    expect(broken(await inflict(fault, mutant))).toContain(guarantee);
  });
});
