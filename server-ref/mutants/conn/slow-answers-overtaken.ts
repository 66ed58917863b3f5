import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { reorderWrites } from "../wrap/writes.ts";

/** CONN-16: lets other answers overtake those to history requests. */
export const slowAnswersOvertaken: Mutant = {
  name: "slow-answers-overtaken",
  breaks: ["CONN-16"],
  title: "lets other answers overtake those to history requests",
  story: "Answers are sent when they are ready, and history takes longer than the rest.",
  apply(seams) {
    reorderWrites(seams, (frames) => [
      ...frames.filter(({ header }) => header.command_id !== commands.LIST_MSG_RSP.id),
      ...frames.filter(({ header }) => header.command_id === commands.LIST_MSG_RSP.id),
    ]);
  },
};
