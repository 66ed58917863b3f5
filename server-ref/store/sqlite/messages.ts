import type { DatabaseSync } from "node:sqlite";
import { CIMSessionType } from "../../../codegen/index.ts";
import { toId, toInteger } from "../integer.ts";
import type {
  AppendOutcome,
  ConversationKey,
  HistoryPage,
  MessageOperations,
  NewMessage,
  StoredMessage,
} from "../messages.ts";
import type { CommitQueue } from "./commit-queue.ts";
import type { LentContents } from "./lent-contents.ts";
import type { Membership } from "./membership.ts";
import { MESSAGE_COLUMNS, type MessageRow, type MessageTable, toMessage } from "./message-table.ts";

const { kCIM_SESSION_TYPE_SINGLE: SINGLE, kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;

/** The messages that Self may read. */
interface Readable {
  conversation: bigint;
  /** Only messages above this id. */
  above: bigint;
}

/** The smaller id first, as `chats` keeps it. */
function pair({ self, session_id }: ConversationKey): [low: bigint, high: bigint] {
  const [low, high] = self < session_id ? [self, session_id] : [session_id, self];
  return [toInteger(low), toInteger(high)];
}

/** Messages, history and read marks in SQLite. */
export function messageOperations(
  database: DatabaseSync,
  queue: CommitQueue,
  table: MessageTable,
  membership: Membership,
  lent: LentContents,
): Omit<MessageOperations, "sessions"> {
  const chat = database.prepare("SELECT chat_id, last_id FROM chats WHERE low = ? AND high = ?");
  const chatById = database.prepare("SELECT low, high FROM chats WHERE chat_id = ?");
  const page = database.prepare(`
    SELECT ${MESSAGE_COLUMNS} FROM messages
    WHERE conversation = ? AND server_msg_id > ? AND server_msg_id < ? ORDER BY server_msg_id DESC LIMIT ?`);
  const readLow = database.prepare(readStatement("low", "high"));
  const readHigh = database.prepare(readStatement("high", "low"));
  const byClientId = database.prepare(`
    SELECT ${MESSAGE_COLUMNS} FROM messages
    WHERE conversation = ? AND server_msg_id > ? AND client_msg_id IN (SELECT value FROM json_each(?))
    ORDER BY server_msg_id`);
  for (const statement of [chat, chatById, page, byClientId]) statement.setReadBigInts(true);

  const append = (message: NewMessage): AppendOutcome => {
    const first = table.findDuplicate(message.from_user_id, message.client_msg_id);
    if (first) return { outcome: "duplicate", message: toMessage(first, ...destination(first)) };
    if (message.session_type === SINGLE) {
      const { chat_id, server_msg_id } = table.raiseChat(
        message.from_user_id,
        message.to_session_id,
        message.create_time,
      );
      table.insert(chat_id, server_msg_id, message);
      return { outcome: "stored", message: { ...message, server_msg_id }, recipients: [message.to_session_id] };
    }
    if (message.session_type !== GROUP) return { outcome: "refused", reason: "bad-session-type" };
    const refusal = membership.sendRefusal(message.to_session_id, message.from_user_id);
    if (refusal) return { outcome: "refused", reason: refusal };
    const server_msg_id = membership.raiseGroup(message.to_session_id, message.from_user_id, message.create_time);
    table.insert(-toInteger(message.to_session_id), server_msg_id, message);
    const recipients = membership.members(message.to_session_id);
    return { outcome: "stored", message: { ...message, server_msg_id }, recipients };
  };

  /** Session type and `to_session_id` of a stored message. */
  const destination = (row: MessageRow): [number, bigint] => {
    if (row.conversation < 0n) return [GROUP, toId(-row.conversation)];
    const { low, high } = chatById.get(row.conversation) as { low: bigint; high: bigint };
    return [SINGLE, toId(row.from_user_id === low ? high : low)];
  };

  /** HIST-11: undefined when there is nothing that Self may read. */
  const readable = (key: ConversationKey): Readable | undefined => {
    if (key.session_type === SINGLE) {
      const row = chat.get(...pair(key)) as { chat_id: bigint } | undefined;
      return row && { conversation: row.chat_id, above: 0n };
    }
    if (key.session_type !== GROUP) return undefined;
    const above = membership.joinedAfter(key.session_id, key.self);
    return above === undefined ? undefined : { conversation: -toInteger(key.session_id), above };
  };

  const toMessages = (rows: unknown, { self, session_type, session_id }: ConversationKey): StoredMessage[] =>
    lent.lend(
      (rows as MessageRow[]).map((row) => {
        const fromPeer = session_type === SINGLE && toId(row.from_user_id) !== self;
        return toMessage(row, session_type, fromPeer ? self : session_id);
      }),
    );

  const newest = (key: ConversationKey, { end_msg_id, limit }: HistoryPage): StoredMessage[] | undefined => {
    const from = readable(key);
    if (!from) return undefined;
    // HIST-02; an end above every possible id means the newest too.
    const end = end_msg_id === 0n || end_msg_id > LAST_INTEGER ? LAST_INTEGER : end_msg_id;
    return toMessages(page.all(from.conversation, from.above, end, limit).reverse(), key);
  };

  const markRead = (key: ConversationKey, upTo: bigint): boolean => {
    if (key.session_type === GROUP) return membership.markRead(key.session_id, key.self, upTo);
    if (key.session_type !== SINGLE) return false;
    const selfIsLow = key.self < key.session_id;
    const mark = upTo === 0n || upTo > LAST_INTEGER ? LAST_INTEGER : upTo;
    const { changes } = (selfIsLow ? readLow : readHigh).run(...pair(key), mark);
    return changes > 0;
  };

  return {
    append: (message) => queue.write(() => append(message)),
    history: (key, bounds) => queue.read(() => newest(key, bounds)),
    newestMessage: (key) => queue.read(() => newest(key, { end_msg_id: 0n, limit: 1 })?.[0]),
    messagesByClientId: (key, clientMsgIds) =>
      queue.read(() => {
        const from = readable(key);
        if (!from) return [];
        return toMessages(byClientId.all(from.conversation, from.above, JSON.stringify(clientMsgIds)), key);
      }),
    release: (found) => lent.release(found),
    markRead: (key, upTo) => queue.write(() => markRead(key, upTo)),
  };
}

const LAST_INTEGER = 2n ** 63n - 1n;

/**
 * READ-03: what the peer sent after the mark stays unread. A mark never goes back (READ-07: only the reader's counter
 * changes), nor ahead of the newest message, so that later messages count.
 */
function readStatement(self: "low" | "high", peer: "low" | "high"): string {
  return `
    UPDATE chats SET
      ${self}_read = max(${self}_read, min(last_id, ?3)),
      ${self}_unread = CASE
        WHEN ?3 >= last_id THEN 0
        WHEN ?3 <= ${self}_read THEN ${self}_unread
        ELSE (SELECT count(*) FROM messages
              WHERE conversation = chat_id AND server_msg_id > ?3 AND from_user_id = chats.${peer})
      END
    WHERE low = ?1 AND high = ?2`;
}
