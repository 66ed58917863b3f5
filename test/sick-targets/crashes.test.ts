import { expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { crashesAndComesBack, crashesForGood, killedOnce, restartsTwice } from "./index.ts";
import { runAgainst, runUntilTold, UNTIL_TOLD_MS } from "./run.ts";

const timers = ["--timers", "login=2s,heartbeat=3s"];
const deadly = "VOIP-09/without-channel-ignored";

test.each([crashesAndComesBack, crashesForGood])(
  "$name: the case that it dies of has failed by CONN-17",
  { timeout: 120_000 },
  async (sick) => {
    const { code, result, read } = await runAgainst<ConformanceResult>(
      sick,
      ...["conformance", ...timers, "--only", deadly, "--report", "junit"],
    );
    expect(code).toBe(1);
    expect(result?.verdict).toBe("fail");
    const [one] = result?.cases ?? [];
    expect(one).toMatchObject({ id: deadly, rule: "CONN-17", status: "failed" });
    const marked = one?.trace.filter(({ highlight }) => highlight) ?? [];
    expect(marked.map(({ direction }) => direction)).toContain("sent");
    expect(JSON.stringify(marked).includes("VOIP_INVITE_REPLY")).toBe(true);
    expect(read(one?.capsule ?? "no capsule")).toContain(deadly);
    expect(read("junit.xml")).toMatch(/<failure [^>]*CONN-17/);
  },
);

test("every case that a server dies of is named, and no other rule is red", { timeout: 180_000 }, async () => {
  const { code, result } = await runAgainst<ConformanceResult>(
    crashesAndComesBack,
    ...["conformance", ...timers, "--only", "VOIP-09,VOIP-10,LOGIN-17,LOGIN-10,CONN-17,HB-02,MSG-0*"],
  );
  expect(code).toBe(1);
  const failed = result?.cases.filter(({ status }) => status === "failed") ?? [];
  expect(failed.map(({ id }) => id)).toContain(deadly);
  expect(new Set(failed.map(({ rule }) => rule))).toEqual(new Set(["CONN-17"]));
  expect(result?.cases.filter(({ status }) => status === "couldNotRun")).toEqual([]);
});

test("what ran while a server was ended from outside runs again and counts", { timeout: 180_000 }, async () => {
  const { code, result } = await runAgainst<ConformanceResult>(
    killedOnce,
    ...["conformance", ...timers, "--only", "LOGIN-10,HB-02,MSG-*,HIST-*"],
  );
  expect(code).toBe(1);
  expect(result?.reasons).toHaveLength(1);
  expect(result?.reasons[0]).toMatch(
    /^the target ended every connection within a second, .* while .+ ran; none of them makes it happen alone/,
  );
  expect(result?.summary).toMatchObject({ failed: 0, couldNotRun: 0, errored: 0 });
});

test("a server that ends once among the cases about crowds is red by their rule", { timeout: 180_000 }, async () => {
  const { code, result } = await runAgainst<ConformanceResult>(
    killedOnce,
    ...["conformance", ...timers, "--only", "SYS-02/coming*,SYS-02/concurrent*"],
  );
  expect(code).toBe(1);
  expect(result?.reasons[0]).toMatch(/none of them makes it happen alone/);
  const failed = result?.cases.filter(({ status }) => status === "failed").map(({ rule }) => rule);
  expect(new Set(failed)).toEqual(new Set(["SYS-02"]));
});

test("one that restarts by itself is told so, and the rule about crowds is not red by it", {
  timeout: UNTIL_TOLD_MS,
}, async () => {
  const { code, result } = await runUntilTold(
    restartsTwice,
    ...[...timers, "--only", "MSG-*,READ-*,HIST-*,GROUP-*,SYS-02/coming*,SYS-02/concurrent-senders*"],
  );
  expect(code).toBe(1);
  expect(result?.reasons).toHaveLength(1);
  expect(result?.reasons[0]).toMatch(
    /^the target ended every connection 2 times, each time within a second, .* no two restarts have a cause in common/,
  );
  expect(result?.summary).toMatchObject({ failed: 0, couldNotRun: 0, errored: 0 });
});
