import { CIMMsgFeature, type CIMMsgInfo, CIMResCode, commands, type Partially } from "../../codegen/index.ts";
import { mark } from "../marks.ts";
import type { ConversationKey, StoredMessage } from "../store/messages.ts";
import { reply } from "./effect.ts";
import { handler, type Section } from "./handler.ts";

/** Most messages of one answer (HIST-06). */
const LARGEST_PAGE = 100;

/**
 * A message as look-ups return it (HIST-08). `to_session_id` is the session that was asked for, whoever sent the
 * message (HIST-09).
 */
export function messageInfo(message: StoredMessage, conversation: ConversationKey): Partially<CIMMsgInfo> {
  return {
    client_msg_id: message.client_msg_id,
    server_msg_id: message.server_msg_id,
    msg_res_code: CIMResCode.kCIM_RES_CODE_OK,
    msg_feature: CIMMsgFeature.kCIM_MSG_FEATURE_DEFAULT,
    session_type: conversation.session_type as CIMMsgInfo["session_type"],
    from_user_id: message.from_user_id,
    to_session_id: conversation.session_id,
    create_time: message.create_time,
    msg_type: message.msg_type,
    msg_data: message.msg_data,
  };
}

const history = handler({
  command: commands.LIST_MSG_REQ,
  claims: (message) => message.user_id,
  large: true,
  async handle({ self, message }, context) {
    const { session_type, session_id, end_msg_id, limit_count } = message;
    const conversation: ConversationKey = { self, session_type, session_id };
    const limit = Math.min(limit_count, LARGEST_PAGE);
    const messages = await context.store.history(conversation, { end_msg_id, limit });
    // Who may not read, and who asks for no real session, gets an empty page (HIST-11, HIST-12).
    if (!messages) mark("HIST-11");
    const msg_list = (messages ?? []).map((stored) => messageInfo(stored, conversation));
    const answer = { user_id: self, session_type, session_id, end_msg_id, msg_list };
    return [reply(commands.LIST_MSG_RSP, answer, () => messages && context.store.release(messages))];
  },
});

export const section: Section = { handlers: [history] };
