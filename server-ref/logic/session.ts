import { type CIMContactSessionInfo, CIMSessionStatusType, commands, type Partially } from "../../codegen/index.ts";
import type { SessionEntry } from "../store/messages.ts";
import { reply } from "./effect.ts";
import { handler, type Section } from "./handler.ts";
import { totalUnread } from "./unread.ts";

/** SESS-03; SESS-04: `newest` is the newest of both directions. */
function sessionInfo({ newest, ...session }: SessionEntry): Partially<CIMContactSessionInfo> {
  return {
    session_id: session.session_id,
    session_type: session.session_type as CIMContactSessionInfo["session_type"],
    session_status: CIMSessionStatusType.kCIM_SESSION_STATUS_OK,
    unread_cnt: session.unread_cnt,
    updated_time: session.updated_time,
    msg_id: newest.client_msg_id,
    server_msg_id: newest.server_msg_id,
    msg_time_stamp: newest.create_time,
    msg_data: newest.msg_data,
    msg_type: newest.msg_type,
    msg_from_user_id: newest.from_user_id,
    is_robot_session: session.is_robot_session,
  };
}

/** SESS-01, SESS-12. SESS-06: `latest_update_time` is ignored, as clients in the field expect. */
const recentSessions = handler({
  command: commands.LIST_RECENT_CONTACT_SESSION_REQ,
  claims: (message) => message.user_id,
  large: true,
  async handle({ self }, context) {
    const sessions = await context.store.sessions(self);
    const answer = {
      user_id: self,
      unread_counts: totalUnread(sessions),
      contact_session_list: sessions.map(sessionInfo),
    };
    return [reply(commands.LIST_RECENT_CONTACT_SESSION_RSP, answer, () => context.store.release(sessions))];
  },
});

export const section: Section = { handlers: [recentSessions] };
