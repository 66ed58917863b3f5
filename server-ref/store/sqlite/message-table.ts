import type { DatabaseSync } from "node:sqlite";
import type { CIMMsgType } from "../../../codegen/index.ts";
import { robotById } from "../../robots/robots.ts";
import { toId, toInteger } from "../integer.ts";
import type { NewMessage, StoredMessage } from "../messages.ts";

/** What a row of `messages` holds besides its key. */
export type MessageFields = Pick<
  NewMessage,
  "from_user_id" | "client_msg_id" | "msg_type" | "msg_data" | "create_time"
>;

/** The columns that {@link toMessage} needs. */
export const MESSAGE_COLUMNS =
  "conversation, server_msg_id, from_user_id, client_msg_id, msg_type, create_time, msg_data";

/** A row of `messages`. */
export interface MessageRow {
  conversation: bigint;
  server_msg_id: bigint;
  from_user_id: bigint;
  client_msg_id: string;
  msg_type: bigint;
  create_time: bigint;
  msg_data: Uint8Array;
}

/** The message of a row, as part of the conversation in which it was sent to `to_session_id`. */
export function toMessage(row: MessageRow, session_type: number, to_session_id: bigint): StoredMessage {
  return {
    from_user_id: toId(row.from_user_id),
    to_session_id,
    session_type,
    client_msg_id: row.client_msg_id,
    server_msg_id: row.server_msg_id,
    msg_type: Number(row.msg_type) as CIMMsgType,
    create_time: Number(row.create_time),
    msg_data: row.msg_data,
  };
}

/** The steps that put a message into a conversation; each is one statement, inside the caller's transaction. */
export interface MessageTable {
  /**
   * Takes the next message id of the conversation between two users, makes or updates the session of both, and raises
   * the receiver's unread count (MSG-05, MSG-18, UNREAD-01).
   */
  raiseChat(from: bigint, to: bigint, time: number): { chat_id: bigint; server_msg_id: bigint };
  /** SESS-11 */
  markRobot(chatId: bigint): void;
  insert(conversation: bigint, serverMsgId: bigint, message: MessageFields): void;
  /** The sender's message with this client id, wherever it went (MSG-07). */
  findDuplicate(from: bigint, clientMsgId: string): MessageRow | undefined;
}

/** Prepares the statements. */
export function messageTable(database: DatabaseSync): MessageTable {
  const raise = database.prepare(`
    INSERT INTO chats (low, high, last_id, updated_time, low_unread, high_unread) VALUES (?1, ?2, 1, ?3, ?4, ?5)
    ON CONFLICT (low, high) DO UPDATE SET
      last_id = last_id + 1, updated_time = ?3, low_unread = low_unread + ?4, high_unread = high_unread + ?5
    RETURNING chat_id, last_id AS server_msg_id`);
  const robot = database.prepare("UPDATE chats SET is_robot = 1 WHERE chat_id = ?");
  const insert = database.prepare(`INSERT INTO messages (${MESSAGE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const duplicate = database.prepare(
    `SELECT ${MESSAGE_COLUMNS} FROM messages WHERE from_user_id = ? AND client_msg_id = ?`,
  );
  for (const statement of [raise, duplicate]) statement.setReadBigInts(true);

  return {
    raiseChat(from, to, time) {
      const [low, high] = from < to ? [from, to] : [to, from];
      // UNREAD-07: nobody reads what a robot has not read.
      const raised = robotById(to) ? 0 : 1;
      const row = raise.get(toInteger(low), toInteger(high), time, to === low ? raised : 0, to === high ? raised : 0);
      return row as unknown as { chat_id: bigint; server_msg_id: bigint };
    },
    markRobot: (chatId) => void robot.run(chatId),
    insert(conversation, serverMsgId, { from_user_id, client_msg_id, msg_type, create_time, msg_data }) {
      insert.run(conversation, serverMsgId, toInteger(from_user_id), client_msg_id, msg_type, create_time, msg_data);
    },
    findDuplicate: (from, clientMsgId) =>
      duplicate.get(toInteger(from), clientMsgId) as unknown as MessageRow | undefined,
  };
}
