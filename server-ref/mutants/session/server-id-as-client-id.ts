import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** SESS-03: puts the server's id into `msg_id`. */
export const serverIdAsClientId: Mutant = {
  name: "server-id-as-client-id",
  breaks: ["SESS-03"],
  companions: [
    { rule: "PUSH-06", reason: "the newest message is known by its client id" },
    { rule: "SESS-04", reason: "the newest message is told by its client id" },
    { rule: "SESS-07", reason: "the newest message is told by its client id" },
  ],
  title: "puts the server's id into `msg_id`",
  story: "The field is called `msg_id`, and messages have an id.",
  apply(seams) {
    changeAnswers(seams, commands.LIST_RECENT_CONTACT_SESSION_RSP, ({ contact_session_list = [] }) => ({
      contact_session_list: contact_session_list.map((entry) => ({ ...entry, msg_id: String(entry.server_msg_id) })),
    }));
  },
};
