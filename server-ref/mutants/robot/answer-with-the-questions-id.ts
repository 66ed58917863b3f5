import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changePushes } from "../wrap/packets.ts";

/** ROBOT-04: pushes a robot's answer with the `server_msg_id` of the question. */
export const answerWithTheQuestionsId: Mutant = {
  name: "answer-with-the-questions-id",
  breaks: ["ROBOT-04"],
  title: "pushes a robot's answer with the `server_msg_id` of the question",
  story: "The answer is made by copying the question and changing what differs.",
  apply(seams) {
    changePushes(seams, commands.MSG_DATA, ({ msg_type, server_msg_id = 0n }) =>
      msg_type === 7 ? { server_msg_id: server_msg_id - 1n } : {},
    );
  },
};
