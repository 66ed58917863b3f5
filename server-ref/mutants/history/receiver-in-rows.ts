import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** HIST-09: gives the receiver as `to_session_id` of the rows, as pushes do. */
export const receiverInRows: Mutant = {
  name: "receiver-in-rows",
  breaks: ["HIST-09"],
  title: "gives the receiver as `to_session_id` of the rows, as pushes do",
  story: "Push and history share one function that fills a message.",
  apply(seams) {
    changeAnswers(seams, commands.LIST_MSG_RSP, ({ msg_list = [], user_id, session_type }) => ({
      msg_list: msg_list.map((row) =>
        session_type === 1 && row.from_user_id !== user_id ? { ...row, to_session_id: user_id } : row,
      ),
    }));
  },
};
