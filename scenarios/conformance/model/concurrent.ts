import type { CaseContext, TestUser } from "../../../harness/runner/index.ts";
import { createGroup, GROUP, SINGLE } from "../setup/index.ts";
import { HistoryCheck, type Participant } from "./history-check.ts";

/** Messages of each writer. */
const EACH = 30;
/** Who loses the connection while writing, and comes back. */
const UNLUCKY = 3;
const ROUND_OF_THE_LOSS = 12;
const ROUND_OF_THE_RETURN = 20;

/** Fresh users, each with a connection. */
async function people(t: CaseContext, names: readonly string[]): Promise<{ user: TestUser; one: Participant }[]> {
  const made: { user: TestUser; one: Participant }[] = [];
  for (const [number, name] of names.entries()) {
    const { user, peer } = await t.freshLogin(name);
    made.push({ user, one: { number, name, user: user.user_id, peer, seen: 0 } });
  }
  return made;
}

/**
 * Four members write to a group at the same time, one of them loses its connection in the middle and comes back, and
 * two of them write to each other besides: what all see must fit together.
 */
export async function concurrentGroup(t: CaseContext): Promise<void> {
  const made = await people(t, ["alice", "bob", "carol", "dave"]);
  const members = made.map(({ one }) => one);
  const [alice, bob] = members as [Participant, Participant];
  const unlucky = made[UNLUCKY] as { user: TestUser; one: Participant };
  const group = await createGroup(
    t,
    alice.peer,
    members.slice(1).map(({ user }) => user),
  );
  // The notification of the creation comes before the first message.
  for (const { peer } of members) await t.given("a fence", () => peer.fence());
  const check = new HistoryCheck(t, members, 2);
  const room = check.add(GROUP, members, () => group);
  const pair = check.add(SINGLE, [alice, bob], (member) => (member === 0 ? bob.user : alice.user));
  for (let round = 0; round < EACH; round++) {
    if (round === ROUND_OF_THE_LOSS) {
      unlucky.one.peer.reset();
      check.wentOffline(unlucky.one);
    }
    if (round === ROUND_OF_THE_RETURN) {
      check.cameBack(unlucky.one, await t.login(unlucky.user, "dave/back"));
      await check.glance(room, bob);
    }
    const isAway = round >= ROUND_OF_THE_LOSS && round < ROUND_OF_THE_RETURN;
    for (const member of members) if (!(isAway && member === unlucky.one)) check.send(room, member);
    if (round % 3 === 0) for (const member of [alice, bob]) check.send(pair, member);
  }
  await check.settle();
  await check.audit(room, members);
  await check.audit(pair, [alice, bob]);
  check.judge("what four concurrent writers of a group and its readers see fits together");
}

/** Two users write to each other at the same time and glance at the history meanwhile. */
export async function concurrentPair(t: CaseContext): Promise<void> {
  const both = (await people(t, ["alice", "bob"])).map(({ one }) => one);
  const [alice, bob] = both as [Participant, Participant];
  const check = new HistoryCheck(t, both, 1);
  const pair = check.add(SINGLE, both, (member) => (member === 0 ? bob.user : alice.user));
  for (let round = 0; round < EACH; round++) {
    for (const one of both) check.send(pair, one);
    if (round % 5 === 4) for (const one of both) await check.glance(pair, one);
  }
  await check.settle();
  await check.audit(pair, both);
  check.judge("what two concurrent writers see fits together");
}
