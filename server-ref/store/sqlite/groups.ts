import type { DatabaseSync } from "node:sqlite";
import { CIMMsgType, CIMSessionType, CIMMsgNotificationType as Kind } from "../../../codegen/index.ts";
import type { Group, GroupAct, GroupChange, GroupOperations, GroupRefusal, Refused } from "../groups.ts";
import { toId, toInteger } from "../integer.ts";
import type { StoredMessage } from "../messages.ts";
import { notificationContent } from "../notification-content.ts";
import type { CommitQueue } from "./commit-queue.ts";
import type { Membership } from "./membership.ts";
import type { MessageTable } from "./message-table.ts";
import type { FindNicknames } from "./users.ts";

interface GroupRow {
  group_id: bigint;
  group_name: string;
  owner: bigint;
  mute_model: bigint;
  create_time: bigint;
  update_time: bigint;
  last_id: bigint;
}

function toGroup(row: GroupRow): Group {
  return {
    group_id: toId(row.group_id),
    group_name: row.group_name,
    group_owner_id: toId(row.owner),
    mute_model: Number(row.mute_model),
    create_time: Number(row.create_time),
    update_time: Number(row.update_time),
  };
}

/** Sender of what the server itself says in a group (HIST-13). */
const NOBODY = 0n;

function refused(reason: GroupRefusal): Refused {
  return { outcome: "refused", reason };
}

/** The parts of the store that group operations are made of. */
export interface GroupParts {
  messages: MessageTable;
  membership: Membership;
  findNicknames: FindNicknames;
}

/** Groups in SQLite. */
export function groupOperations(
  database: DatabaseSync,
  queue: CommitQueue,
  { messages, membership, findNicknames }: GroupParts,
): GroupOperations {
  const columns = "group_id, group_name, owner, mute_model, create_time, update_time, last_id";
  const find = database.prepare(`SELECT ${columns} FROM groups WHERE group_id = ? AND disbanded = 0`);
  const insert = database.prepare(`
    INSERT INTO groups (group_name, owner, create_time, update_time, active_time) VALUES (?1, ?2, ?3, ?3, ?3)
    RETURNING ${columns}`);
  const disband = database.prepare("UPDATE groups SET disbanded = 1, update_time = ? WHERE group_id = ?");
  const touch = database.prepare("UPDATE groups SET update_time = ? WHERE group_id = ?");
  const add = database.prepare(
    "INSERT INTO members (group_id, user_id, joined_after, read_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
  );
  const remove = database.prepare("DELETE FROM members WHERE group_id = ? AND user_id = ?");
  const removeAll = database.prepare("DELETE FROM members WHERE group_id = ?");
  const ofUser = database.prepare("SELECT group_id FROM members WHERE user_id = ?");
  for (const statement of [find, insert, ofUser]) statement.setReadBigInts(true);

  const findRow = (groupId: bigint): GroupRow | undefined =>
    find.get(toInteger(groupId)) as unknown as GroupRow | undefined;

  /** Adds those who are no members yet. Neither what was before nor their own welcome is unread (UNREAD-03). */
  const addEach = (row: GroupRow, users: readonly bigint[]): bigint[] =>
    users.filter((user) => add.run(row.group_id, toInteger(user), row.last_id, row.last_id + 1n).changes > 0);

  /** Stores the notification as the group's next message; from nobody, so that it is unread for all (UNREAD-02). */
  const notify = (row: GroupRow, act: Omit<GroupAct, "group_id">, kind: Kind, changed: bigint[]): StoredMessage => {
    const group_id = toId(row.group_id);
    const nicknames = findNicknames([act.by, ...changed]);
    const facts = { group_id, group_name: row.group_name, by: act.by, changed, nicknames };
    const message = {
      from_user_id: NOBODY,
      to_session_id: group_id,
      session_type: CIMSessionType.kCIM_SESSION_TYPE_GROUP,
      client_msg_id: act.client_msg_id,
      msg_type: CIMMsgType.kCIM_MSG_TYPE_NOTIFACATION,
      msg_data: notificationContent(kind, facts),
      create_time: act.now,
    };
    const server_msg_id = membership.raiseGroup(group_id, NOBODY, act.now);
    messages.insert(-row.group_id, server_msg_id, message);
    return { ...message, server_msg_id };
  };

  const done = (row: GroupRow, changed: bigint[], members: bigint[], notification?: StoredMessage): GroupChange => {
    return { outcome: "done", group: toGroup(row), changed, members, notification };
  };

  /** The same with the time of the change. */
  const changedAt = (row: GroupRow, now: number): GroupRow => {
    touch.run(now, row.group_id);
    return { ...row, update_time: BigInt(now) };
  };

  const isMember = (groupId: bigint, user: bigint): boolean => membership.joinedAfter(groupId, user) !== undefined;

  const create: (act: Parameters<GroupOperations["createGroup"]>[0]) => GroupChange | Refused = (act) => {
    // GROUP-03
    const others = [...new Set(act.members)].filter((user) => user !== act.by);
    // GROUP-09
    if (others.length + 1 > act.limit) return refused("too-many-members");
    const row = insert.get(act.group_name, toInteger(act.by), act.now) as unknown as GroupRow;
    addEach(row, [...others, act.by]);
    const notification = notify(row, act, Kind.kCIM_MSG_NOTIFICATION_GROUP_CREATE, others);
    return done(row, others, [...others, act.by], notification);
  };

  const disbandGroup = (act: GroupAct): GroupChange | Refused => {
    const row = findRow(act.group_id);
    if (!row) return refused("no-such-group");
    if (toId(row.owner) !== act.by) return refused("not-the-owner");
    const members = membership.members(act.group_id);
    const notification = notify(row, act, Kind.kCIM_MSG_NOTIFICATION_GROUP_DISMISS, []);
    removeAll.run(row.group_id);
    disband.run(act.now, row.group_id);
    return done(row, [], members, notification);
  };

  const leave = (act: GroupAct): GroupChange | Refused => {
    const row = findRow(act.group_id);
    if (!row) return refused("no-such-group");
    if (!isMember(act.group_id, act.by)) return refused("not-a-member");
    if (toId(row.owner) === act.by) return refused("owner-cannot-leave");
    remove.run(row.group_id, toInteger(act.by));
    const notification = notify(row, act, Kind.kCIM_MSG_NOTIFICATION_GROUP_LEAVE, [act.by]);
    return done(changedAt(row, act.now), [act.by], membership.members(act.group_id), notification);
  };

  const addMembers: (act: Parameters<GroupOperations["addMembers"]>[0]) => GroupChange | Refused = (act) => {
    const row = findRow(act.group_id);
    if (!row) return refused("no-such-group");
    if (!isMember(act.group_id, act.by)) return refused("not-a-member");
    const members = membership.members(act.group_id);
    const present = new Set(members);
    const fresh = [...new Set(act.members)].filter((user) => !present.has(user));
    if (members.length + fresh.length > act.limit) return refused("too-many-members");
    if (fresh.length === 0) return done(row, [], members);
    addEach(row, fresh);
    const notification = notify(row, act, Kind.kCIM_MSG_NOTIFICATION_GROUP_BE_INVITE, fresh);
    return done(changedAt(row, act.now), fresh, [...members, ...fresh], notification);
  };

  const removeMembers: (act: Parameters<GroupOperations["removeMembers"]>[0]) => GroupChange | Refused = (act) => {
    const row = findRow(act.group_id);
    if (!row) return refused("no-such-group");
    if (toId(row.owner) !== act.by) return refused("not-the-owner");
    // GROUP-27; members first, because a request may name millions of users.
    const removable = new Set(membership.members(act.group_id).filter((user) => user !== act.by));
    const gone = [...new Set(act.members.filter((user) => removable.has(user)))];
    for (const user of gone) remove.run(row.group_id, toInteger(user));
    if (gone.length === 0) return done(row, [], membership.members(act.group_id));
    const notification = notify(row, act, Kind.kCIM_MSG_NOTIFICATION_GROUP_KICK, gone);
    return done(changedAt(row, act.now), gone, membership.members(act.group_id), notification);
  };

  return {
    createGroup: (act) => queue.write(() => create(act)),
    disbandGroup: (act) => queue.write(() => disbandGroup(act)),
    leaveGroup: (act) => queue.write(() => leave(act)),
    addMembers: (act) => queue.write(() => addMembers(act)),
    removeMembers: (act) => queue.write(() => removeMembers(act)),
    groupsOf: (userId) =>
      queue.read(() => (ofUser.all(toInteger(userId)) as { group_id: bigint }[]).map((row) => toId(row.group_id))),
    groups: (groupIds) =>
      queue.read(() => [...new Set(groupIds)].flatMap((id) => findRow(id) ?? []).map((row) => toGroup(row))),
    members: (groupId) => queue.read(() => (findRow(groupId) ? membership.members(groupId) : undefined)),
  };
}
