import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** HIST-08: leaves `msg_res_code` of the rows at 0. */
export const resultCodeMissing: Mutant = {
  name: "result-code-missing",
  breaks: ["HIST-08"],
  title: "leaves `msg_res_code` of the rows at 0",
  story: "The code is about sending, and these messages were sent long ago.",
  apply(seams) {
    changeAnswers(seams, commands.LIST_MSG_RSP, ({ msg_list = [] }) => ({
      msg_list: msg_list.map((row) => ({ ...row, msg_res_code: 0 as 1 })),
    }));
  },
};
