import type { DatabaseSync } from "node:sqlite";
import { toId, toInteger } from "../integer.ts";
import type { AppendRefusal } from "../messages.ts";

/** What messages need to know and change of groups; each is inside the caller's transaction. */
export interface Membership {
  /** Why the user may not send to the group (GROUP-32, GROUP-33). */
  sendRefusal(groupId: bigint, userId: bigint): AppendRefusal | undefined;
  /**
   * Takes the group's next message id. That moves the group up in every member's list (SESS-08) and raises every
   * member's unread count, as that is the newest id minus the member's read mark; the sender's becomes 0 (UNREAD-02).
   */
  raiseGroup(groupId: bigint, senderId: bigint, time: number): bigint;
  /** Current members in no order; empty when there is no such group. */
  members(groupId: bigint): bigint[];
  /** The newest message before the member joined; undefined for non-members (HIST-11). */
  joinedAfter(groupId: bigint, userId: bigint): bigint | undefined;
  /** Up to an id, or everything when it is 0; false for non-members. */
  markRead(groupId: bigint, userId: bigint, upTo: bigint): boolean;
}

const LAST_INTEGER = 2n ** 63n - 1n;

/** Prepares the statements. */
export function membership(database: DatabaseSync): Membership {
  const group = database.prepare("SELECT owner, mute_model FROM groups WHERE group_id = ? AND disbanded = 0");
  const member = database.prepare("SELECT joined_after FROM members WHERE group_id = ? AND user_id = ?");
  const all = database.prepare("SELECT user_id FROM members WHERE group_id = ?");
  const raise = database.prepare(
    "UPDATE groups SET last_id = last_id + 1, active_time = ? WHERE group_id = ? RETURNING last_id",
  );
  const read = database.prepare(`
    UPDATE members SET read_id = max(read_id, min(?3, (SELECT last_id FROM groups WHERE groups.group_id = ?1)))
    WHERE group_id = ?1 AND user_id = ?2`);
  for (const statement of [group, member, all, raise]) statement.setReadBigInts(true);

  return {
    sendRefusal(groupId, userId) {
      const row = group.get(toInteger(groupId)) as { owner: bigint; mute_model: bigint } | undefined;
      if (!row) return "no-such-group";
      if (!member.get(toInteger(groupId), toInteger(userId))) return "not-a-member";
      return row.mute_model !== 0n && toId(row.owner) !== userId ? "all-muted" : undefined;
    },
    raiseGroup(groupId, senderId, time) {
      const { last_id } = raise.get(time, toInteger(groupId)) as { last_id: bigint };
      read.run(toInteger(groupId), toInteger(senderId), last_id);
      return last_id;
    },
    members: (groupId) => (all.all(toInteger(groupId)) as { user_id: bigint }[]).map((row) => toId(row.user_id)),
    joinedAfter(groupId, userId) {
      const row = member.get(toInteger(groupId), toInteger(userId)) as { joined_after: bigint } | undefined;
      return row?.joined_after;
    },
    markRead(groupId, userId, upTo) {
      const mark = upTo === 0n || upTo > LAST_INTEGER ? LAST_INTEGER : upTo;
      return read.run(toInteger(groupId), toInteger(userId), mark).changes > 0;
    },
  };
}
