import type { DatabaseSync } from "node:sqlite";
import { CIMSessionType } from "../../../codegen/index.ts";
import { toId, toInteger } from "../integer.ts";
import type { MessageOperations, SessionEntry } from "../messages.ts";
import type { CommitQueue } from "./commit-queue.ts";
import type { LentContents } from "./lent-contents.ts";
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from "./message-table.ts";

interface SessionRow extends MessageRow {
  session_id: bigint;
  unread: bigint;
  updated_time: bigint;
  is_robot: bigint;
}

const { kCIM_SESSION_TYPE_SINGLE: SINGLE, kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;

/**
 * Each kind of session is looked up by its own index, and joined with its newest message (SESS-03, SESS-04). A group
 * whose newest message is older than the membership is left out (SESS-10, SESS-13); members who left have no row.
 */
const SESSIONS = `
  WITH mine AS (
    SELECT high AS session_id, chat_id AS conversation, last_id, low_unread AS unread, updated_time, is_robot
    FROM chats WHERE low = ?1
    UNION ALL
    SELECT low, chat_id, last_id, high_unread, updated_time, is_robot
    FROM chats WHERE high = ?1
    UNION ALL
    SELECT group_id, -group_id, last_id, last_id - read_id, active_time, 0
    FROM members JOIN groups USING (group_id) WHERE user_id = ?1 AND last_id > joined_after
  )
  SELECT session_id, unread, updated_time, is_robot, ${MESSAGE_COLUMNS}
  FROM mine JOIN messages USING (conversation)
  WHERE server_msg_id = last_id
  ORDER BY updated_time DESC`;

/** The list of recent sessions in SQLite. */
export function sessionOperations(
  database: DatabaseSync,
  queue: CommitQueue,
  lent: LentContents,
): Pick<MessageOperations, "sessions"> {
  const sessions = database.prepare(SESSIONS);
  sessions.setReadBigInts(true);

  const toEntry = (row: SessionRow, self: bigint): SessionEntry => {
    const session_id = toId(row.session_id);
    const session_type = row.conversation < 0n ? GROUP : SINGLE;
    const fromPeer = session_type === SINGLE && toId(row.from_user_id) !== self;
    return {
      session_type,
      session_id,
      unread_cnt: Number(row.unread),
      updated_time: Number(row.updated_time),
      is_robot_session: row.is_robot !== 0n,
      newest: toMessage(row, session_type, fromPeer ? self : session_id),
    };
  };

  return {
    sessions: (userId) =>
      queue.read(() => {
        const rows = sessions.all(toInteger(userId)) as unknown as SessionRow[];
        return lent.lend(rows.map((row) => toEntry(row, userId)));
      }),
  };
}
