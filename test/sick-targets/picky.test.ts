import { expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import {
  dropsEmoji,
  dropsFiles,
  dropsPushesOfACrowd,
  dropsTheEndOfReads,
  losesSplitPackets,
  pushesNothing,
  refusesLargeIds,
  refusesQuotes,
  showsGroupsToTwins,
  storesWhatItRefuses,
  trustsIds,
} from "./index.ts";
import { isUntold, MOST_TRIES, runAgainst, UNTIL_TOLD_MS, untilCalm } from "./run.ts";
import type { SickTarget } from "./sick-target.ts";

/** The cases that were asked, by what became of them. */
async function ask(sick: SickTarget, ...cases: string[]): Promise<Record<string, string[]>> {
  const byStatus: Record<string, string[]> = {};
  let open = cases;
  for (let attempt = 1; open.length > 0 && attempt <= MOST_TRIES; attempt++) {
    if (attempt > 1) await untilCalm();
    const words = ["conformance", "--jobs", "1", "--only", open.join(",")];
    const { result } = await runAgainst<ConformanceResult>(sick, ...words);
    open = [];
    for (const one of result?.cases ?? []) {
      if (isUntold(one) && attempt < MOST_TRIES) open.push(one.id);
      else byStatus[one.status] = [...(byStatus[one.status] ?? []), one.id];
    }
  }
  for (const ids of Object.values(byStatus)) ids.sort();
  return byStatus;
}

const LONG = UNTIL_TOLD_MS;

test("a text that is refused for what it is made of fails the rule on contents", {
  timeout: LONG,
}, async () => {
  const quoted = ["MSG-14/content[group,quotes]", "MSG-14/content[one-to-one,quotes]", "MSG-14/quotes"];
  const seen = await ask(refusesQuotes, ...quoted, "MSG-14/emoji", "MSG-14/content[one-to-one,ascii]");
  expect(seen).toEqual({ failed: quoted, passed: ["MSG-14/content[one-to-one,ascii]", "MSG-14/emoji"] });
});

test("a receiver whose number is too large fails the rule on numbers", { timeout: LONG }, async () => {
  const seen = await ask(refusesLargeIds, "MSG-21/*", "MSG-19/receiver-unknown");
  expect(seen["failed"]).toContain("MSG-21/32-bit-receiver");
  expect(seen["passed"]).toContain("MSG-19/receiver-unknown");
  expect(seen["couldNotRun"]).toBeUndefined();
});

test("packets of a read that are dropped fail the rule on reads alone", { timeout: LONG }, async () => {
  const seen = await ask(dropsTheEndOfReads, "CONN-03/*", "CONN-11/counter-wraps", "CONN-16/answers-in-order");
  const few = [2, 10, 20, 50, 64, 100, 128, 200, 256, 300, 1000].map((number) => `CONN-03/in-one-segment[${number}]`);
  expect(seen).toEqual({
    failed: ["CONN-03/hundreds-in-one-segment", "CONN-03/in-one-segment[1024]"],
    passed: ["CONN-03/before-the-end", ...few, "CONN-11/counter-wraps", "CONN-16/answers-in-order"].toSorted(),
  });
});

test("messages that were not delivered fail the rule that was asked about", { timeout: LONG }, async () => {
  const seen = await ask(dropsPushesOfACrowd, "CONN-19/packets-are-not-mixed", "PUSH-05/in-order");
  expect(seen["failed"]).toEqual(["CONN-19/packets-are-not-mixed", "PUSH-05/in-order"]);
  expect(seen["passed"]).toBeUndefined();
});

test("a server that pushes nothing is red for pushes alone", { timeout: LONG }, async () => {
  const others = [
    ...["MSG-16/length[one-to-one,ascii,tcp,at-once]", "ROBOT-03/answers-on-every-connection"],
    ...["ROBOT-06/answers-anything", "VOIP-12/both-hang-up[alone]", "VOIP-12/record", "VOIP-12/record-of-each-call"],
  ];
  const seen = await ask(pushesNothing, ...others, "PUSH-01/every-connection");
  expect(seen).toMatchObject({ failed: ["PUSH-01/every-connection"], couldNotRun: others });
  expect(seen["passed"]).toBeUndefined();
});

test("a server that loses pieces is not red for keeping others waiting", { timeout: LONG }, async () => {
  const seen = await ask(losesSplitPackets, "CONN-04/split-at-every-byte", "CONN-18/others-not-delayed");
  expect(seen["failed"]).toEqual(["CONN-04/split-at-every-byte"]);
  expect(seen["couldNotRun"]).toEqual(["CONN-18/others-not-delayed"]);
});

test("a request in another's name that would work for its owner is seen", { timeout: LONG }, async () => {
  const trusted = ["group-exit-req", "group-invite-member-req", "group-kick-out-member-req"];
  const calls = ["voip-bye-req", "voip-invite-reply", "voip-invite-req"];
  const ids = [...trusted, ...calls].map((name) => `LOGIN-17/${name}`);
  const seen = await ask(trustsIds, ...ids, "LOGIN-17/msg-data");
  expect(seen).toEqual({ failed: ids, passed: ["LOGIN-17/msg-data"] });
});

test("a group's messages in the history of the user with its number are seen", { timeout: LONG }, async () => {
  const others = ["MSG-10/to-the-group-of-ones-own-number", "SESS-07/both-listed"];
  const seen = await ask(showsGroupsToTwins, "SESS-07/histories-apart", ...others);
  expect(seen).toEqual({ failed: ["SESS-07/histories-apart"], passed: others });
});

test("a type of message that is dropped fails the rule on that type", { timeout: LONG }, async () => {
  const seen = await ask(dropsFiles, "CONTENT-*/carried-unchanged", "MSG-20/whatever-is-refused");
  expect(seen["failed"]).toEqual(["CONTENT-02/carried-unchanged"]);
  expect(seen["passed"]).toHaveLength(7);
});

test("wide characters that are dropped fail the rule on contents, and not the one on lengths", {
  timeout: LONG,
}, async () => {
  const seen = await ask(dropsEmoji, "MSG-14/emoji", "MSG-16/2048-*", "MSG-20/whatever-is-refused");
  expect(seen["failed"]).toEqual(["MSG-14/emoji"]);
  expect(seen["couldNotRun"]).toEqual(["MSG-16/2048-wide-characters"]);
});

test("what is stored although it was refused fails the rule on traces as well", { timeout: LONG }, async () => {
  const seen = await ask(
    storesWhatItRefuses,
    "MSG-14/quotes",
    "MSG-20/refusals-leave-no-trace",
    "MSG-20/refused-id-may-be-used",
    "MSG-20/whatever-is-refused",
    "MSG-14/emoji",
  );
  expect(seen).toEqual({
    failed: ["MSG-14/quotes", "MSG-20/whatever-is-refused"],
    passed: ["MSG-14/emoji", "MSG-20/refusals-leave-no-trace", "MSG-20/refused-id-may-be-used"],
  });
});
