import { commands } from "../../../codegen/index.ts";
import type { CaseContext, LoggedIn, Peer, TestUser } from "../../../harness/runner/index.ts";
import { isAccepted, message } from "./messages.ts";
import { SUCCESS } from "./values.ts";

/** Requests that are on their way at the same time. */
const WINDOW = 50;

/** A user's connections, in the order in which they logged in. */
export async function connectionsOf(t: CaseContext, user: TestUser, count: number, name: string): Promise<Peer[]> {
  const peers: Peer[] = [];
  for (let index = 1; index <= count; index++) peers.push(await t.login(user, `${name}/${index}`));
  return peers;
}

/** Makes many groups that a case builds on. @returns their ids */
export async function createGroups(
  t: CaseContext,
  owner: LoggedIn,
  members: readonly bigint[],
  count: number,
): Promise<bigint[]> {
  const ids: bigint[] = [];
  for (let at = 0; at < count; at += WINDOW) {
    const batch = Array.from({ length: Math.min(WINDOW, count - at) }, (_, index) =>
      owner.peer.send(commands.GROUP_CREATE_DEFAULT_REQ, {
        user_id: owner.user.user_id,
        group_name: `group ${at + index + 1}`,
        member_id_list: [...members],
      }),
    );
    for (const sent of batch) {
      const answer = (await t.given(`making ${count} groups`, () => owner.peer.answer(sent))).message;
      const id = answer.group_info?.group_id ?? 0n;
      t.requires(answer.result_code === SUCCESS && id !== 0n, `group ${ids.length + 1} of ${count} was not made`);
      ids.push(id);
    }
  }
  return ids;
}

/** Ids in a row that nobody has, others in each case: what they may be in at most must not run out from case to case. */
export function strangers(t: CaseContext, count: number): bigint[] {
  const first = 1_500_000_000n + BigInt(t.random.integer(100_000_000));
  return Array.from({ length: count }, (_, index) => first + BigInt(index));
}

/** Writes to many users whom nobody has to have, as something that a case builds on. @returns their ids */
export async function writeToMany(t: CaseContext, from: LoggedIn, count: number): Promise<bigint[]> {
  const ids = strangers(t, count);
  for (let at = 0; at < count; at += WINDOW) {
    const batch = ids
      .slice(at, at + WINDOW)
      .map((id) => from.peer.send(commands.MSG_DATA, message(t, from.peer, id, "hello")));
    for (const sent of batch) {
      const ack = (await t.given(`writing to ${count} users`, () => from.peer.answer(sent))).message;
      t.requires(isAccepted(ack), "the target refuses receivers that do not exist, so there are too few to write to");
    }
  }
  return ids;
}
