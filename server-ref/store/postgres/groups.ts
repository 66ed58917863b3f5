import type { PoolClient } from "pg";
import { CIMMsgType, CIMSessionType, CIMMsgNotificationType as Kind } from "../../../codegen/index.ts";
import type { Group, GroupAct, GroupChange, GroupOperations, GroupRefusal, Refused } from "../groups.ts";
import { toId, toInteger } from "../integer.ts";
import type { StoredMessage } from "../messages.ts";
import { notificationContent } from "../notification-content.ts";
import type { Lanes } from "./lanes.ts";
import { insertIntoGroup, membersOf } from "./message-table.ts";
import { findNicknames } from "./users.ts";

interface GroupRow {
  group_id: bigint;
  group_name: string;
  owner: bigint;
  mute_model: number;
  create_time: bigint;
  update_time: bigint;
  last_id: bigint;
}

const COLUMNS = "group_id, group_name, owner, mute_model, create_time, update_time, last_id";

function toGroup(row: GroupRow): Group {
  return {
    group_id: toId(row.group_id),
    group_name: row.group_name,
    group_owner_id: toId(row.owner),
    mute_model: row.mute_model,
    create_time: Number(row.create_time),
    update_time: Number(row.update_time),
  };
}

function refused(reason: GroupRefusal): Refused {
  return { outcome: "refused", reason };
}

function done(row: GroupRow, changed: bigint[], members: bigint[], notification?: StoredMessage): GroupChange {
  return { outcome: "done", group: toGroup(row), changed, members, notification };
}

/** The group, whose members stand still until the transaction ends. */
async function lockGroup(client: PoolClient, groupId: bigint): Promise<GroupRow | undefined> {
  const { rows } = await client.query<GroupRow>(
    `SELECT ${COLUMNS} FROM groups WHERE group_id = $1 AND NOT disbanded FOR UPDATE`,
    [toInteger(groupId)],
  );
  return rows[0];
}

/** Adds those who are no members yet. Neither what was before nor their own welcome is unread (UNREAD-03). */
async function addEach(client: PoolClient, row: GroupRow, users: readonly bigint[]): Promise<void> {
  await client.query(
    `INSERT INTO members (group_id, user_id, joined_after, read_id)
     SELECT $1, unnest($2::bigint[]), $3::bigint, $3::bigint + 1 ON CONFLICT DO NOTHING`,
    [row.group_id, users.map(toInteger), row.last_id],
  );
}

/** Stores the notification as the group's next message, from user 0 (HIST-13). */
async function notify(
  client: PoolClient,
  row: GroupRow,
  act: Omit<GroupAct, "group_id">,
  kind: Kind,
  changed: bigint[],
): Promise<StoredMessage> {
  const group_id = toId(row.group_id);
  const nicknames = await findNicknames(client, [act.by, ...changed]);
  const message = {
    from_user_id: 0n,
    to_session_id: group_id,
    session_type: CIMSessionType.kCIM_SESSION_TYPE_GROUP,
    client_msg_id: act.client_msg_id,
    msg_type: CIMMsgType.kCIM_MSG_TYPE_NOTIFACATION,
    msg_data: notificationContent(kind, { group_id, group_name: row.group_name, by: act.by, changed, nicknames }),
    create_time: act.now,
  };
  return { ...message, server_msg_id: await insertIntoGroup(client, message) };
}

/** The same with the time of the change. */
async function changedAt(client: PoolClient, row: GroupRow, now: number): Promise<GroupRow> {
  await client.query("UPDATE groups SET update_time = $2 WHERE group_id = $1", [row.group_id, now]);
  return { ...row, update_time: BigInt(now) };
}

async function create(
  client: PoolClient,
  act: Parameters<GroupOperations["createGroup"]>[0],
): Promise<GroupChange | Refused> {
  // GROUP-03, GROUP-09
  const others = [...new Set(act.members)].filter((user) => user !== act.by);
  if (others.length + 1 > act.limit) return refused("too-many-members");
  const { rows } = await client.query<GroupRow>(
    `INSERT INTO groups (group_name, owner, create_time, update_time, active_time) VALUES ($1, $2, $3, $3, $3)
     RETURNING ${COLUMNS}`,
    [act.group_name, toInteger(act.by), act.now],
  );
  const row = rows[0] as GroupRow;
  await addEach(client, row, [...others, act.by]);
  const notification = await notify(client, row, act, Kind.kCIM_MSG_NOTIFICATION_GROUP_CREATE, others);
  return done(row, others, [...others, act.by], notification);
}

async function disband(client: PoolClient, act: GroupAct): Promise<GroupChange | Refused> {
  const row = await lockGroup(client, act.group_id);
  if (!row) return refused("no-such-group");
  if (toId(row.owner) !== act.by) return refused("not-the-owner");
  const members = await membersOf(client, act.group_id);
  const notification = await notify(client, row, act, Kind.kCIM_MSG_NOTIFICATION_GROUP_DISMISS, []);
  await client.query("DELETE FROM members WHERE group_id = $1", [row.group_id]);
  await client.query("UPDATE groups SET disbanded = true, update_time = $2 WHERE group_id = $1", [
    row.group_id,
    act.now,
  ]);
  return done(row, [], members, notification);
}

async function remove(client: PoolClient, row: GroupRow, users: readonly bigint[]): Promise<void> {
  await client.query("DELETE FROM members WHERE group_id = $1 AND user_id = ANY($2::bigint[])", [
    row.group_id,
    users.map(toInteger),
  ]);
}

async function leave(client: PoolClient, act: GroupAct): Promise<GroupChange | Refused> {
  const row = await lockGroup(client, act.group_id);
  if (!row) return refused("no-such-group");
  const members = await membersOf(client, act.group_id);
  if (!members.includes(act.by)) return refused("not-a-member");
  if (toId(row.owner) === act.by) return refused("owner-cannot-leave");
  await remove(client, row, [act.by]);
  const notification = await notify(client, row, act, Kind.kCIM_MSG_NOTIFICATION_GROUP_LEAVE, [act.by]);
  const remaining = members.filter((user) => user !== act.by);
  return done(await changedAt(client, row, act.now), [act.by], remaining, notification);
}

async function add(
  client: PoolClient,
  act: Parameters<GroupOperations["addMembers"]>[0],
): Promise<GroupChange | Refused> {
  const row = await lockGroup(client, act.group_id);
  if (!row) return refused("no-such-group");
  const members = await membersOf(client, act.group_id);
  const present = new Set(members);
  if (!present.has(act.by)) return refused("not-a-member");
  const fresh = [...new Set(act.members)].filter((user) => !present.has(user));
  if (members.length + fresh.length > act.limit) return refused("too-many-members");
  if (fresh.length === 0) return done(row, [], members);
  await addEach(client, row, fresh);
  const notification = await notify(client, row, act, Kind.kCIM_MSG_NOTIFICATION_GROUP_BE_INVITE, fresh);
  return done(await changedAt(client, row, act.now), fresh, [...members, ...fresh], notification);
}

async function kick(
  client: PoolClient,
  act: Parameters<GroupOperations["removeMembers"]>[0],
): Promise<GroupChange | Refused> {
  const row = await lockGroup(client, act.group_id);
  if (!row) return refused("no-such-group");
  if (toId(row.owner) !== act.by) return refused("not-the-owner");
  const members = await membersOf(client, act.group_id);
  const present = new Set(members);
  const named = new Set(act.members.filter((user) => present.has(user)));
  // GROUP-27
  const gone = members.filter((user) => named.has(user) && user !== act.by);
  const remaining = members.filter((user) => !gone.includes(user));
  if (gone.length === 0) return done(row, [], members);
  await remove(client, row, gone);
  const notification = await notify(client, row, act, Kind.kCIM_MSG_NOTIFICATION_GROUP_KICK, gone);
  return done(await changedAt(client, row, act.now), gone, remaining, notification);
}

/** Groups in PostgreSQL. */
export function groupOperations(lanes: Lanes): GroupOperations {
  return {
    createGroup: (act) => lanes.transact(act.by, (client) => create(client, act)),
    disbandGroup: (act) => lanes.transact(act.by, (client) => disband(client, act)),
    leaveGroup: (act) => lanes.transact(act.by, (client) => leave(client, act)),
    addMembers: (act) => lanes.transact(act.by, (client) => add(client, act)),
    removeMembers: (act) => lanes.transact(act.by, (client) => kick(client, act)),
    groupsOf: (userId) =>
      lanes.read(userId, async (client) => {
        const { rows } = await client.query<{ group_id: bigint }>("SELECT group_id FROM members WHERE user_id = $1", [
          toInteger(userId),
        ]);
        return rows.map(({ group_id }) => toId(group_id));
      }),
    groups: (groupIds) =>
      lanes.read(0n, async (client) => {
        const { rows } = await client.query<GroupRow>(
          `SELECT ${COLUMNS} FROM groups WHERE group_id = ANY($1::bigint[]) AND NOT disbanded`,
          [groupIds.map(toInteger)],
        );
        return rows.map(toGroup);
      }),
    members: (groupId) =>
      lanes.read(groupId, async (client) => {
        const { rowCount } = await client.query("SELECT FROM groups WHERE group_id = $1 AND NOT disbanded", [
          toInteger(groupId),
        ]);
        return rowCount === 0 ? undefined : membersOf(client, groupId);
      }),
  };
}
