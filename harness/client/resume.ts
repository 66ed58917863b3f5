import {
  type CIMMsgData,
  type CIMMsgInfo,
  type CIMRecentContactSessionRsp,
  CIMSessionType,
  type CIMUserInfo,
} from "../../codegen/index.ts";
import { historyPages, type Requester } from "./history.ts";
import type { PageSize } from "./page-size.ts";
import type { SeenMessages } from "./seen-messages.ts";
import type { SessionRef } from "./session-ref.ts";

/** A client as far as catching up needs it. */
interface SessionReader extends Requester {
  sessions(): Promise<CIMRecentContactSessionRsp>;
}

/** Notes the newest message of every session, so that a later {@link missedMessages} knows where to start. */
export async function noteBaseline(client: SessionReader, seen: SeenMessages): Promise<void> {
  for (const session of (await client.sessions()).contact_session_list) seen.begin(session, session.server_msg_id);
}

/**
 * Fetches what was sent while the connection was broken: the session list (HB-05) shows which conversations have
 * moved on, their history gives the messages (HIST-05). Per conversation oldest first.
 * @param size of the pages that the server serves
 */
export async function missedMessages(
  client: SessionReader,
  seen: SeenMessages,
  user: CIMUserInfo,
  size: PageSize,
): Promise<CIMMsgData[]> {
  const missed: CIMMsgData[] = [];
  for (const session of (await client.sessions()).contact_session_list) {
    const floor = seen.floor(session);
    if (session.server_msg_id <= floor) continue;
    const newer: CIMMsgInfo[] = [];
    // The walk is over when it has come to what is known: a server may serve shorter pages than it was asked for.
    for await (const page of historyPages(client, session, { size, isDue: () => true })) {
      newer.unshift(...page.filter((row) => row.server_msg_id > floor));
      if ((page[0]?.server_msg_id ?? 0n) <= floor + 1n) break;
    }
    missed.push(...newer.map((row) => asDelivered(row, session, user)));
  }
  return missed;
}

/** A history row as the push that it was: history names the session as receiver in every row (HIST-09). */
function asDelivered(row: CIMMsgInfo, session: SessionRef, user: CIMUserInfo): CIMMsgData {
  const isFromPeer = row.session_type === CIMSessionType.kCIM_SESSION_TYPE_SINGLE && row.from_user_id !== user.user_id;
  return {
    from_user_id: row.from_user_id,
    from_nick_name: "",
    to_session_id: isFromPeer ? user.user_id : session.session_id,
    client_msg_id: row.client_msg_id,
    server_msg_id: row.server_msg_id,
    create_time: row.create_time,
    msg_type: row.msg_type,
    session_type: row.session_type,
    msg_data: row.msg_data,
  };
}
