import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** SESS-05: gives the number of unread sessions as the total. */
export const totalNotSummed: Mutant = {
  name: "total-not-summed",
  breaks: ["SESS-05"],
  title: "gives the number of unread sessions as the total",
  story: "The total counts the badges on the list.",
  apply(seams) {
    changeAnswers(seams, commands.LIST_RECENT_CONTACT_SESSION_RSP, ({ contact_session_list = [] }) => ({
      unread_counts: contact_session_list.filter(({ unread_cnt = 0 }) => unread_cnt > 0).length,
    }));
  },
};
