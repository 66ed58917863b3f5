import { CIMSessionType } from "../../../codegen/index.ts";
import { toId, toInteger } from "../integer.ts";
import type { MessageOperations, SessionEntry } from "../messages.ts";
import type { Lanes } from "./lanes.ts";
import { MESSAGE_COLUMNS, type MessageRow, toMessages } from "./message-table.ts";

interface SessionRow extends MessageRow {
  session_id: bigint;
  unread: bigint;
  updated_time: bigint;
  is_robot: boolean;
}

/** SESS-03, SESS-04, SESS-10 and SESS-13, as the SQLite store has it. */
const SESSIONS = `
  WITH mine AS (
    SELECT high AS session_id, chat_id AS conversation, last_id, low_unread AS unread, updated_time, is_robot
    FROM chats WHERE low = $1
    UNION ALL
    SELECT low, chat_id, last_id, high_unread, updated_time, is_robot
    FROM chats WHERE high = $1
    UNION ALL
    SELECT group_id, -group_id, last_id, last_id - read_id, active_time, false
    FROM members JOIN groups USING (group_id) WHERE user_id = $1 AND last_id > joined_after
  )
  SELECT session_id, unread, updated_time, is_robot, ${MESSAGE_COLUMNS}
  FROM mine JOIN messages USING (conversation)
  WHERE server_msg_id = last_id
  ORDER BY updated_time DESC`;

function toEntry(row: SessionRow, self: bigint): SessionEntry {
  const session_id = toId(row.session_id);
  const session_type =
    row.conversation < 0n ? CIMSessionType.kCIM_SESSION_TYPE_GROUP : CIMSessionType.kCIM_SESSION_TYPE_SINGLE;
  const [newest] = toMessages([row], self, session_type, session_id);
  return {
    session_type,
    session_id,
    unread_cnt: Number(row.unread),
    updated_time: Number(row.updated_time),
    is_robot_session: row.is_robot,
    newest: newest as SessionEntry["newest"],
  };
}

/** The list of recent sessions in PostgreSQL. */
export function sessionOperations(lanes: Lanes): Pick<MessageOperations, "sessions"> {
  return {
    sessions: (userId) =>
      lanes.read(userId, async (client) => {
        const { rows } = await client.query<SessionRow>(SESSIONS, [toInteger(userId)]);
        return rows.map((row) => toEntry(row, userId));
      }),
  };
}
