import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { passwordDigest } from "../../harness/client/index.ts";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { closesSomebody, endsBehindAnswers, endsEachOf, limitsLogins, losesWorkers, type SickTarget } from "./index.ts";
import { runUntilTold, UNTIL_TOLD_MS } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "cupping-listed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const timers = ["--timers", "login=2s,heartbeat=3s"];

function withStatus(result: ConformanceResult | undefined, status: string): string[] {
  return (result?.cases ?? []).filter((one) => one.status === status).map(({ id }) => id);
}

test("one that closes a connection now and then is told so, and is not called crashed", {
  timeout: UNTIL_TOLD_MS,
}, async () => {
  const { code, result } = await runUntilTold(
    closesSomebody,
    ...[...timers, "--only", "MSG-*,GROUP-*,CONN-11,HB-02,SESS-*,READ-*"],
  );
  expect(code).toBe(1);
  expect(result?.reasons.join()).toMatch(/the target ends connections unasked, while others stay connected/);
  const crashes = result?.cases.filter(({ rule, status }) => status === "failed" && rule === "CONN-17") ?? [];
  expect(crashes.map(({ id }) => id)).toEqual([]);
});

test("a case that lost connections by another's doing is not red", { timeout: UNTIL_TOLD_MS }, async () => {
  const { code, result } = await runUntilTold(
    losesWorkers,
    ...[...timers, "--only", "CONN-14,CONN-15,CONN-17/broken-bodies,CONN-17/empty-bodies,MSG-*,HIST-*"],
  );
  expect(code).toBe(1);
  const rules = new Set(result?.cases.filter(({ status }) => status === "failed").map(({ rule }) => rule));
  expect([...rules].filter((rule) => rule !== "CONN-14" && rule !== "CONN-17")).toEqual([]);
  expect(withStatus(result, "failed")).not.toContain("CONN-17/empty-bodies");
});

test("one that limits logins is judged all the same, more slowly", { timeout: UNTIL_TOLD_MS }, async () => {
  const { result } = await runUntilTold(limitsLogins(80), ...[...timers, "--only", "MSG-0*,HIST-*,READ-0*"]);
  expect(result?.reasons[0]).toMatch(/^the target no longer .* for a while \(.*result_code 201.*it limits how much/);
  expect(withStatus(result, "failed")).toEqual([]);
  expect(result?.reasons.join()).not.toMatch(/since|every connection/);
  const { total = 0, notApplicable = 0, passed = 0 } = result?.summary ?? {};
  expect(passed).toBeGreaterThan((total - notApplicable) / 2);
});

test("a case that logs in often is not red behind a limit below what it needs", {
  timeout: UNTIL_TOLD_MS,
}, async () => {
  const { result } = await runUntilTold(limitsLogins(5), ...[...timers, "--only", "HTTP-08,HTTP-10"]);
  expect(withStatus(result, "failed")).toEqual([]);
});

/** The rules of which a case has failed. */
function redRules(result: ConformanceResult | undefined): string[] {
  const failed = result?.cases.filter(({ status }) => status === "failed") ?? [];
  return [...new Set(failed.map(({ rule }) => rule))].sort();
}

test.each([["MSG-*,GROUP-*,HIST-*,READ-*,CONN-22"], ["MSG-07*,CONN-22/open-for-seconds,SESS-01*", "--jobs", "1"]])(
  "connections that end behind so many answers break the rule about that, and no other: %s %s %s",
  { timeout: UNTIL_TOLD_MS },
  async (only, ...more) => {
    const { code, result } = await runUntilTold(endsBehindAnswers(10), ...timers, "--only", only, ...more);
    expect(code).toBe(1);
    expect(result?.reasons[0]).toMatch(
      /^the target ends connections behind 10 answers: \d+ ended so, and none got more;/,
    );
    expect(redRules(result)).toEqual(["CONN-22"]);
    expect(result?.reasons.join()).not.toMatch(/crash|restart/);
    expect(result?.reasons.join()).toMatch(/could not run because the target ends connections behind 10 answers/);
  },
);

test("connections that end after a time are told, although no case of the quick ones lives so long", {
  timeout: UNTIL_TOLD_MS,
}, async () => {
  const { code, result } = await runUntilTold(endsEachOf(3, 3_000), ...timers, "--quick");
  expect(code).toBe(1);
  expect(result?.reasons[0]).toMatch(/^the target ends connections (about 3\.\d s after they were opened|unasked)/);
  expect(redRules(result)).toEqual(["CONN-22"]);
});

/** The same target, and a file of accounts that it has. */
function withUsers(sick: SickTarget, file: string, count: number): SickTarget {
  return {
    ...sick,
    async start() {
      const running = await sick.start();
      const lines: string[] = [];
      for (let n = 1; n <= count; n++) {
        const [userName, password] = [`listed${n}`, `password ${n}`];
        const body = JSON.stringify({ userName, userNickName: userName, userPwd: passwordDigest(password) });
        const headers = { "content-type": "application/json; charset=utf-8" };
        await fetch(`${running.http}/user/register`, { method: "POST", headers, body });
        lines.push(`${userName},${password}`);
      }
      writeFileSync(file, `user_name,password\n${lines.join("\n")}\n`);
      return running;
    },
  };
}

test("where nobody may listen beside the cases, users listen behind them", { timeout: UNTIL_TOLD_MS }, async () => {
  const told = /^the target ends connections (about 3\.\d s after they were opened|unasked)/;
  // Cases that take a moment, so that none of them notices.
  const quick = ["--only", "MSG-*,GROUP-*,HIST-*", "--quick"];
  const alone = await runUntilTold(endsEachOf(3, 3_000), ...timers, ...quick, "--jobs", "1");
  expect(alone.result?.reasons[0], alone.err).toMatch(told);
  const file = join(folder, "users.csv");
  const listed = withUsers(endsEachOf(3, 3_000), file, 700);
  const few = await runUntilTold(listed, ...timers, ...quick, "--users", `file:${file}`);
  expect(few.result?.reasons[0], few.err).toMatch(told);
});
