import type { PoolClient } from "pg";
import { type CIMMsgType, CIMSessionType } from "../../../codegen/index.ts";
import { robotById } from "../../robots/robots.ts";
import { toId, toInteger } from "../integer.ts";
import type { NewMessage, StoredMessage } from "../messages.ts";

/** The columns that {@link toMessage} needs. */
export const MESSAGE_COLUMNS =
  "conversation, server_msg_id, from_user_id, client_msg_id, msg_type, create_time, msg_data";

/** The key of `messages`. */
export type MessageKey = Pick<MessageRow, "conversation" | "server_msg_id">;

/** A row of `messages`. */
export interface MessageRow {
  conversation: bigint;
  server_msg_id: bigint;
  from_user_id: bigint;
  /** UTF-8: PostgreSQL's text holds no NUL, but a client's id may. */
  client_msg_id: Buffer;
  msg_type: number;
  create_time: bigint;
  msg_data: Buffer;
}

/** The message of a row, as part of the conversation in which it was sent to `to_session_id`. */
export function toMessage(row: MessageRow, session_type: number, to_session_id: bigint): StoredMessage {
  return {
    from_user_id: toId(row.from_user_id),
    to_session_id,
    session_type,
    client_msg_id: row.client_msg_id.toString(),
    server_msg_id: row.server_msg_id,
    msg_type: row.msg_type as CIMMsgType,
    create_time: Number(row.create_time),
    msg_data: row.msg_data,
  };
}

/** Messages as Self sees them: what the peer sent went to Self. */
export function toMessages(rows: readonly MessageRow[], self: bigint, type: number, session: bigint): StoredMessage[] {
  return rows.map((row) => {
    const fromPeer = type === CIMSessionType.kCIM_SESSION_TYPE_SINGLE && toId(row.from_user_id) !== self;
    return toMessage(row, type, fromPeer ? self : session);
  });
}

/** The smaller id first, as `chats` keeps it. */
export function pair(a: bigint, b: bigint): [low: bigint, high: bigint] {
  const [low, high] = a < b ? [a, b] : [b, a];
  return [toInteger(low), toInteger(high)];
}

const INSERT_INTO_CHAT = `
  WITH raised AS (
    INSERT INTO chats (low, high, last_id, updated_time, low_unread, high_unread) VALUES ($1, $2, 1, $3, $4, $5)
    ON CONFLICT (low, high) DO UPDATE SET
      last_id = chats.last_id + 1, updated_time = $3,
      low_unread = chats.low_unread + $4, high_unread = chats.high_unread + $5
    RETURNING chat_id, last_id
  )
  INSERT INTO messages (${MESSAGE_COLUMNS})
  SELECT chat_id, last_id, $6, $7, $8, $3, $9 FROM raised
  RETURNING conversation, server_msg_id`;

/**
 * Stores a one-to-one message with the conversation's next id, makes or updates the session of both users and raises
 * the receiver's unread count, in one statement (MSG-05, MSG-18, UNREAD-01).
 */
export async function insertIntoChat(client: PoolClient, message: NewMessage): Promise<MessageKey> {
  const { from_user_id: from, to_session_id: to } = message;
  const [low, high] = pair(from, to);
  // UNREAD-07
  const raised = robotById(to) ? 0 : 1;
  const toLow = toInteger(to) === low;
  const { rows } = await client.query<MessageKey>({
    name: "insert-into-chat",
    text: INSERT_INTO_CHAT,
    values: [
      low,
      high,
      message.create_time,
      toLow ? raised : 0,
      toLow ? 0 : raised,
      toInteger(from),
      Buffer.from(message.client_msg_id),
      message.msg_type,
      message.msg_data,
    ],
  });
  return rows[0] as MessageKey;
}

/**
 * Stores a message of a group with the group's next id; its sender has read everything (UNREAD-02). The caller has
 * locked the group.
 */
export async function insertIntoGroup(client: PoolClient, message: NewMessage): Promise<bigint> {
  const group = toInteger(message.to_session_id);
  const { rows } = await client.query<{ last_id: bigint }>(
    "UPDATE groups SET last_id = last_id + 1, active_time = $2 WHERE group_id = $1 RETURNING last_id",
    [group, message.create_time],
  );
  const { last_id } = rows[0] as { last_id: bigint };
  await client.query("UPDATE members SET read_id = $3 WHERE group_id = $1 AND user_id = $2", [
    group,
    toInteger(message.from_user_id),
    last_id,
  ]);
  await client.query(`INSERT INTO messages (${MESSAGE_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7)`, [
    -group,
    last_id,
    toInteger(message.from_user_id),
    Buffer.from(message.client_msg_id),
    message.msg_type,
    message.create_time,
    message.msg_data,
  ]);
  return last_id;
}

/** Current members, in no order. */
export async function membersOf(client: PoolClient, groupId: bigint): Promise<bigint[]> {
  const { rows } = await client.query<{ user_id: bigint }>("SELECT user_id FROM members WHERE group_id = $1", [
    toInteger(groupId),
  ]);
  return rows.map(({ user_id }) => toId(user_id));
}
