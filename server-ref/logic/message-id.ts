import { commands } from "../../codegen/index.ts";
import { mark } from "../marks.ts";
import type { ConversationKey } from "../store/messages.ts";
import { reply } from "./effect.ts";
import { handler, type Section } from "./handler.ts";
import { messageInfo } from "./history.ts";

/** Ids that are looked up per request; more are left out (MSGID-03). */
const MOST_IDS = 20;

/** MSGID-04: the store shows only what Self may read; where that is nothing the id is empty. */
const latestId = handler({
  command: commands.MSG_GET_LATEST_MSG_ID_REQ,
  claims: (message) => message.user_id,
  pipelined: true,
  async handle({ self, message: { session_type, session_id } }, context) {
    mark("MSGID-01");
    const newest = await context.store.newestMessage({ self, session_type, session_id });
    const latest_msg_id = newest?.client_msg_id ?? "";
    return [reply(commands.MSG_GET_LATEST_MSG_ID_RSP, { user_id: self, session_type, session_id, latest_msg_id })];
  },
});

const messagesById = handler({
  command: commands.MSG_GET_BY_MSG_ID_REQ,
  claims: (message) => message.user_id,
  large: true,
  async handle({ self, message: { session_type, session_id, msg_id_list } }, context) {
    mark("MSGID-02");
    mark("MSGID-03");
    const conversation: ConversationKey = { self, session_type, session_id };
    const wanted = msg_id_list.slice(0, MOST_IDS);
    const found = await context.store.messagesByClientId(conversation, wanted);
    const msg_list = found.map((message) => messageInfo(message, conversation));
    const answer = { user_id: self, session_type, session_id, msg_list };
    return [reply(commands.MSG_GET_BY_MSG_ID_RSP, answer, () => context.store.release(found))];
  },
});

export const section: Section = { handlers: [latestId, messagesById] };
