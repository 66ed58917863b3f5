// What a replay says of a capsule when its target is sick: as often as it was recorded, or that nothing is known.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCupping } from "../../bin/report/testing/run-cupping.ts";
import type { Result } from "../../harness/result/index.ts";
import {
  closesOneASecond,
  crashesAndComesBack,
  crashesForGood,
  floods,
  healthy,
  healthyWithShortTimers,
  locksForGood,
  overWebSocket,
  poisonedAfter,
  refusesQuotes,
  type SickTarget,
  servesPagesUpTo,
} from "./index.ts";
import { inTurn, type Outcome, runAgainst, runInterrupted, runUntilTold, UNTIL_TOLD_MS, untilTold } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "cupping-sick-replays-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const timers = ["--timers", "login=2s,heartbeat=3s"];

/** The capsule of the one case that fails; each target is started anew for each command. */
async function record(sick: SickTarget, only: string): Promise<string> {
  const { err, result, read } = await runUntilTold(sick, ...timers, "--only", only);
  const failed = result?.cases.filter(({ status }) => status === "failed") ?? [];
  expect(
    failed.map(({ id }) => id),
    err,
  ).toHaveLength(1);
  const file = join(folder, `${sick.name}.json`);
  writeFileSync(file, read(failed[0]?.capsule ?? "no capsule"));
  return file;
}

/** Plays a capsule, and again when this machine was too busy to tell what came. */
function replay(sick: SickTarget, capsule: string, ...words: string[]): Promise<Outcome<Result>> {
  return untilTold(
    () => runAgainst(sick, "replay", capsule, ...words),
    ({ out }) => out.includes("this machine was too"),
  );
}

/** Failures that a sick target shows whenever its case is played. */
const lasting: { sick: SickTarget; only: string; says: RegExp; right: SickTarget }[] = [
  {
    sick: crashesAndComesBack,
    only: "VOIP-09/without-channel-ignored",
    says: /CONN-17/,
    right: healthyWithShortTimers,
  },
  { sick: closesOneASecond, only: "LOGIN-10/many-idle-all-closed", says: /LOGIN-10/, right: healthyWithShortTimers },
  { sick: refusesQuotes, only: "MSG-14/quotes", says: /MSG-14/, right: healthy },
  { sick: servesPagesUpTo(99), only: "HIST-06/hundred-served", says: /HIST-06/, right: healthy },
  { sick: floods, only: "PUSH-06/nothing-on-login", says: /PUSH-06/, right: healthy },
];

test.concurrent.each(lasting)(
  "$sick.name fails as often as it is played, and a right server never",
  { timeout: UNTIL_TOLD_MS },
  ({ sick, only, says, right }) =>
    inTurn(async () => {
      const capsule = await record(sick, only);
      const again = await replay(sick, capsule, "--times", "2");
      expect(again.code, again.err + again.out).toBe(1);
      expect(again.out).toMatch(/^playing \S+ against tcp:\S+; it was recorded against tcp:/);
      expect(again.out).toMatch(/: fails 2 of 2$/m);
      expect(again.out).toMatch(
        /^it fails just as recorded$|^it was recorded as: .*( \d+ came to two users within a moment|idle-\d+ is closed )/m,
      );
      expect(again.out).toMatch(says);
      const mended = await replay(right, capsule, "--times", "1");
      expect(mended.code, mended.err + mended.out).toBe(0);
      expect(mended.out).toMatch(/: fails 0 of 1$/m);
    }),
);

test.concurrent("a crash for good fails once, and is not played on", { timeout: UNTIL_TOLD_MS }, async () => {
  const capsule = await record(crashesForGood, "VOIP-09/without-channel-ignored");
  const { code, out, err } = await replay(crashesForGood, capsule, "--times", "3");
  expect(code, err + out).toBe(1);
  expect(out).toMatch(/: fails 1 of 1$/m);
  expect(out).toMatch(/CONN-17/);
  expect(out).toMatch(/^it was not played 2 more times, because the target serves nobody$/m);
});

test.concurrent("a lock that never ends fails once; what nobody could ask then is no race", {
  timeout: UNTIL_TOLD_MS,
}, async () => {
  // The canary's own message is the first.
  const sick = locksForGood(2);
  const capsule = await record(sick, "MSG-01/client-form-accepted");
  const { code, out, err } = await replay(sick, capsule, "--times", "4");
  expect(code, err + out).toBe(1);
  expect(out).toMatch(/: fails 1 of 2$/m);
  expect(out).toMatch(/^1 time it came to no result: .*says nothing when somebody logs in/m);
  expect(out).toMatch(/^it was not played 2 more times, because the target serves nobody$/m);
  expect(out).not.toMatch(/: a race$/m);
});

/** A capsule that has nothing to do with what its target is sick of. */
let other = "";
beforeAll(async () => {
  const out = join(folder, "other");
  const words = ["conformance", "--target", "ref", "--only", "LOGOUT-01/answered", "--mutant", "logout-unanswered"];
  await runCupping(folder, [...words, "--quiet", "--out", out]);
  other = join(out, "capsules", "LOGOUT-01_answered.json");
}, UNTIL_TOLD_MS);

const unplayable: { sick: SickTarget; says: RegExp }[] = [
  { sick: poisonedAfter(0), says: /nobody can be registered: .*; first mend HTTP-01/ },
  { sick: overWebSocket(healthy, true), says: /answers in text messages; every packet is a binary WebSocket message/ },
  { sick: floods, says: /packets that nobody (has )?asked for/ },
];

test.concurrent.each(unplayable)(
  "on $sick.name nothing is known of another's failure, and that is said once",
  { timeout: UNTIL_TOLD_MS },
  async ({ sick, says }) => {
    const { code, out, err } = await replay(sick, other);
    expect(code, err + out).toBe(5);
    expect(out).toMatch(/^LOGOUT-01\/answered: fails 0 of \d$/m);
    expect(out).toMatch(says);
    expect(err).toBe("");
  },
);

test("a replay that is interrupted claims nothing of its case", { timeout: UNTIL_TOLD_MS }, async () => {
  const capsule = await inTurn(() => record(closesOneASecond, "LOGIN-10/many-idle-all-closed"));
  const { code, out } = await runInterrupted<Result>(healthyWithShortTimers, 12, "replay", capsule);
  expect(out).toMatch(/^LOGIN-10\/many-idle-all-closed: interrupted before it came to a result$/m);
  expect(code).toBe(130);
});
