import type { PoolClient } from "pg";
import { CIMGroupMuteModel, CIMSessionType } from "../../../codegen/index.ts";
import { toId, toInteger } from "../integer.ts";
import type { AppendOutcome, ConversationKey, HistoryPage, MessageOperations, NewMessage } from "../messages.ts";
import type { Lanes } from "./lanes.ts";
import {
  insertIntoChat,
  insertIntoGroup,
  MESSAGE_COLUMNS,
  type MessageRow,
  membersOf,
  pair,
  toMessage,
  toMessages,
} from "./message-table.ts";

const { kCIM_SESSION_TYPE_SINGLE: SINGLE, kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;
const LAST_INTEGER = 2n ** 63n - 1n;
const UNIQUE_VIOLATION = "23505";

/** An id as an upper bound; 0 and what no id reaches mean none. */
function bound(id: bigint): bigint {
  return id === 0n || id > LAST_INTEGER ? LAST_INTEGER : id;
}

/** MSG-07: the sender has sent this `client_msg_id` before, perhaps to another gate at this moment. */
function isRepetition(error: unknown): boolean {
  return (error as { code?: string }).code === UNIQUE_VIOLATION;
}

async function findDuplicate(
  client: PoolClient,
  message: NewMessage,
): Promise<Extract<AppendOutcome, { outcome: "duplicate" }> | undefined> {
  const { rows } = await client.query<MessageRow & { low: bigint; high: bigint }>(
    `SELECT messages.*, low, high FROM messages LEFT JOIN chats ON chat_id = conversation
     WHERE from_user_id = $1 AND client_msg_id = $2`,
    [toInteger(message.from_user_id), Buffer.from(message.client_msg_id)],
  );
  const row = rows[0];
  if (!row) return undefined;
  const isGroup = row.conversation < 0n;
  const to = isGroup ? -row.conversation : row.from_user_id === row.low ? row.high : row.low;
  return { outcome: "duplicate", message: toMessage(row, isGroup ? GROUP : SINGLE, toId(to)) };
}

/** GROUP-32, GROUP-33; the lock makes memberships stand still until the message is stored. */
async function sendToGroup(client: PoolClient, message: NewMessage): Promise<AppendOutcome> {
  const duplicate = await findDuplicate(client, message);
  if (duplicate) return duplicate;
  const { from_user_id: from, to_session_id: group } = message;
  const { rows } = await client.query<{ owner: bigint; mute_model: number }>(
    "SELECT owner, mute_model FROM groups WHERE group_id = $1 AND NOT disbanded FOR UPDATE",
    [toInteger(group)],
  );
  if (!rows[0]) return { outcome: "refused", reason: "no-such-group" };
  const recipients = await membersOf(client, group);
  if (!recipients.includes(from)) return { outcome: "refused", reason: "not-a-member" };
  if (rows[0].mute_model !== CIMGroupMuteModel.kCIM_GROUP_MUTE_MODEL_DEFAULT && toId(rows[0].owner) !== from)
    return { outcome: "refused", reason: "all-muted" };
  const server_msg_id = await insertIntoGroup(client, message);
  return { outcome: "stored", message: { ...message, server_msg_id }, recipients };
}

/**
 * @param again the connection broke under an earlier run. Then a message that is there counts as stored by that run:
 *   rather one push too many, if it was there before (MSG-07), than none (PUSH-01).
 */
async function sendToUser(client: PoolClient, message: NewMessage, again: boolean): Promise<AppendOutcome> {
  const recipients = [message.to_session_id];
  try {
    const { server_msg_id } = await insertIntoChat(client, message);
    return { outcome: "stored", message: { ...message, server_msg_id }, recipients };
  } catch (error) {
    const first = isRepetition(error) && (await findDuplicate(client, message));
    if (!first) throw error;
    const { session_type, to_session_id } = first.message;
    const sameChat = session_type === SINGLE && to_session_id === message.to_session_id;
    return again && sameChat ? { outcome: "stored", message: first.message, recipients } : first;
  }
}

/** The messages that Self may read (HIST-11). */
async function readable(
  client: PoolClient,
  { self, session_type, session_id }: ConversationKey,
): Promise<{ conversation: bigint; above: bigint } | undefined> {
  if (session_type === SINGLE) {
    const { rows } = await client.query<{ conversation: bigint; above: bigint }>(
      "SELECT chat_id AS conversation, 0::bigint AS above FROM chats WHERE low = $1 AND high = $2",
      pair(self, session_id),
    );
    return rows[0];
  }
  if (session_type !== GROUP) return undefined;
  const { rows } = await client.query<{ conversation: bigint; above: bigint }>(
    "SELECT -group_id AS conversation, joined_after AS above FROM members WHERE group_id = $1 AND user_id = $2",
    [toInteger(session_id), toInteger(self)],
  );
  return rows[0];
}

/** READ-03, as the SQLite store has it; the lock makes the count see every message that raised it. */
async function readChat(client: PoolClient, { self, session_id }: ConversationKey, mark: bigint): Promise<boolean> {
  const key = pair(self, session_id);
  await client.query("SELECT FROM chats WHERE low = $1 AND high = $2 FOR UPDATE", key);
  const [me, peer] = self < session_id ? ["low", "high"] : ["high", "low"];
  const { rowCount } = await client.query(
    `UPDATE chats SET
       ${me}_read = GREATEST(${me}_read, LEAST(last_id, $3::bigint)),
       ${me}_unread = CASE
         WHEN $3::bigint >= last_id THEN 0
         WHEN $3::bigint <= ${me}_read THEN ${me}_unread
         ELSE (SELECT count(*) FROM messages
               WHERE conversation = chat_id AND server_msg_id > $3::bigint AND from_user_id = chats.${peer})
       END
     WHERE low = $1 AND high = $2`,
    [...key, mark],
  );
  return rowCount === 1;
}

async function readGroup(client: PoolClient, { self, session_id }: ConversationKey, mark: bigint): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE members SET read_id = GREATEST(read_id, LEAST($3::bigint, last_id)) FROM groups
     WHERE groups.group_id = members.group_id AND members.group_id = $1 AND user_id = $2`,
    [toInteger(session_id), toInteger(self), mark],
  );
  return rowCount === 1;
}

/** Messages, history and read marks in PostgreSQL. */
export function messageOperations(lanes: Lanes): Omit<MessageOperations, "sessions"> {
  const page = (key: ConversationKey, { end_msg_id, limit }: HistoryPage): ReturnType<MessageOperations["history"]> =>
    lanes.read(key.self, async (client) => {
      const from = await readable(client, key);
      if (!from) return undefined;
      const { rows } = await client.query<MessageRow>(
        `SELECT ${MESSAGE_COLUMNS} FROM messages
         WHERE conversation = $1 AND server_msg_id > $2 AND server_msg_id < $3 ORDER BY server_msg_id DESC LIMIT $4`,
        [from.conversation, from.above, bound(end_msg_id), limit],
      );
      return toMessages(rows.reverse(), key.self, key.session_type, key.session_id);
    });

  return {
    async append(message) {
      const { from_user_id: from, session_type } = message;
      if (session_type !== SINGLE && session_type !== GROUP) return { outcome: "refused", reason: "bad-session-type" };
      if (session_type === SINGLE) return lanes.write(from, (client, again) => sendToUser(client, message, again));
      try {
        return await lanes.transact(from, (client) => sendToGroup(client, message));
      } catch (error) {
        const first = isRepetition(error) && (await lanes.read(from, (client) => findDuplicate(client, message)));
        if (!first) throw error;
        return first;
      }
    },
    history: page,
    newestMessage: async (key) => (await page(key, { end_msg_id: 0n, limit: 1 }))?.[0],
    messagesByClientId: (key, clientMsgIds) =>
      lanes.read(key.self, async (client) => {
        const from = await readable(client, key);
        if (!from) return [];
        const { rows } = await client.query<MessageRow>(
          `SELECT ${MESSAGE_COLUMNS} FROM messages
           WHERE conversation = $1 AND server_msg_id > $2 AND client_msg_id = ANY($3::bytea[]) ORDER BY server_msg_id`,
          [from.conversation, from.above, clientMsgIds.map((id) => Buffer.from(id))],
        );
        return toMessages(rows, key.self, key.session_type, key.session_id);
      }),
    // Contents are parts of what was read from the connection, which is nobody's to free.
    release: () => {},
    markRead: (key, upTo) => {
      if (key.session_type === GROUP) return lanes.write(key.self, (client) => readGroup(client, key, bound(upTo)));
      if (key.session_type !== SINGLE) return Promise.resolve(false);
      return lanes.transact(key.self, (client) => readChat(client, key, bound(upTo)));
    },
  };
}
