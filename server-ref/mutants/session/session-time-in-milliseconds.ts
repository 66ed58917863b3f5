import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** SESS-03: gives the newest message's time in milliseconds. */
export const sessionTimeInMilliseconds: Mutant = {
  name: "session-time-in-milliseconds",
  breaks: ["SESS-03"],
  title: "gives the newest message's time in milliseconds",
  story: "The stored time is converted once more on its way out.",
  apply(seams) {
    changeAnswers(seams, commands.LIST_RECENT_CONTACT_SESSION_RSP, ({ contact_session_list = [] }) => ({
      contact_session_list: contact_session_list.map((entry) => ({
        ...entry,
        msg_time_stamp: ((entry.msg_time_stamp ?? 0) * 1000) % 2 ** 31,
      })),
    }));
  },
};
