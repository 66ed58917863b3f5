import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** HIST-01: leaves `end_msg_id` out of the history answer. */
export const endNotEchoed: Mutant = {
  name: "end-not-echoed",
  breaks: ["HIST-01"],
  title: "leaves `end_msg_id` out of the history answer",
  story: "The client knows what it has asked for.",
  apply(seams) {
    changeAnswers(seams, commands.LIST_MSG_RSP, () => ({ end_msg_id: 0n }));
  },
};
