import { spawn } from "node:child_process";
import { describe, expect, test, vi } from "vitest";
import { registeredAccounts } from "../accounts/index.ts";
import { canMountDisks, startReferenceServer } from "../targets/index.ts";
import { type Fault, type FaultReport, faults, type GuaranteeName, runFault } from "./index.ts";

const serveArguments = ["--password-cost", "1"];

async function inflict(name: string, mutant?: string, pauseMs?: number): Promise<FaultReport> {
  const fault = faults.find((one) => one.name === name);
  if (!fault) throw new Error(`no fault is called ${name}`);
  await using target = await startReferenceServer({
    serveArguments,
    mutants: mutant === undefined ? [] : [mutant],
    diskBytes: fault.needs === "disk" ? 64 * 1024 * 1024 : undefined,
  });
  const accounts = registeredAccounts(target.http as string, { seed: 1 });
  // A broken server never gets well; three seconds are enough to see that.
  const recoveryMs = mutant === undefined ? 30_000 : 3_000;
  return await runFault(fault, target, accounts, { pairs: 2, pauseMs, recoveryMs });
}

const broken = ({ violations }: FaultReport): GuaranteeName[] =>
  (Object.keys(violations) as GuaranteeName[]).filter((name) => violations[name].length > 0);

describe.concurrent("the reference server keeps every guarantee", () => {
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
  const { sent, acknowledged, refused, answers, brokenAtMs, healedAtMs, recoveredAtMs, endedAtMs } = report.course;
  expect(acknowledged + refused).toBe(sent);
  if (!mayRefuse) expect(refused).toBe(0);
  expect(sent).toBeGreaterThan(20);
  expect(answers.reduce((sum, count) => sum + count, 0)).toBe(sent);
  const moments = [0, brokenAtMs, healedAtMs, recoveredAtMs as number, endedAtMs];
  expect(moments).toEqual(moments.toSorted((a, b) => a - b));
}

describe.concurrent("broken servers are caught", () => {
  test.each([
    ["ack-before-commit", "server-killed", "kept"],
    ["duplicate-stored-twice", "half-open-to-client", "once"],
    ["duplicates-forgotten-at-restart", "killed-before-answering", "once"],
    ["duplicate-refused", "half-open-to-client", "refused"],
    ["lost-on-disconnect", "connections-reset", "counted"],
    // What was missed must be many pages: every second message on their edges is the reader's own.
    ["one-skipped-between-pages", "half-open-to-client", "delivered", 5],
  ] as const)("%s under %s breaks the guarantee %s", async (mutant, fault, guarantee, pauseMs?: number) => {
    expect(broken(await inflict(fault, mutant, pauseMs))).toContain(guarantee);
  });
});

test("a fault that is interrupted leaves nobody behind who goes on sending", async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
  await using target = await startReferenceServer({ serveArguments });
  const accounts = registeredAccounts(target.http as string, { seed: 1 });
  const before = timers();
  const interrupt = new AbortController();
  const fault: Fault = {
    name: "interrupted",
    title: "is interrupted under traffic",
    needs: "link",
    async inflict({ traffic }) {
      interrupt.abort();
      await traffic(1);
    },
  };
  await expect(runFault(fault, target, accounts, { pairs: 2, signal: interrupt.signal })).rejects.toThrow(/abort/i);
  await vi.waitFor(() => expect(timers()).toBeLessThanOrEqual(before), { timeout: 10_000 });
});

test("a run that stood still in the middle calls no guarantee broken, and says so", async () => {
  await using target = await startReferenceServer({});
  const accounts = registeredAccounts(target.http as string, { seed: 1 });
  const stopped: Fault = {
    name: "stopped",
    title: "stops this very process",
    needs: "link",
    async inflict() {
      spawn("sh", ["-c", `sleep 3; kill -CONT ${process.pid}`]);
      process.kill(process.pid, "SIGSTOP");
    },
  };
  await expect(runFault(stopped, target, accounts, { pairs: 1, recoveryMs: 3_000 })).rejects.toThrow(
    /^this process stood still for [2-4]\.\d s/,
  );
});
