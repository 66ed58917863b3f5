import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changePushes } from "../wrap/packets.ts";

/** ROBOT-03: stores a robot's answer without pushing it. */
export const answerNotPushed: Mutant = {
  name: "answer-not-pushed",
  breaks: ["ROBOT-03"],
  companions: [
    { rule: "ROBOT-04", reason: "there is no push of the answer" },
    { rule: "ROBOT-06", reason: "there is no push of the answer" },
    { rule: "CONTENT-06", reason: "there is no push of the answer" },
    { rule: "UNREAD-08", reason: "the answer is waited for by its push" },
    { rule: "ROBOT-07", reason: "there is no push of the answer" },
  ],
  title: "stores a robot's answer without pushing it",
  story: "The robot is no connection, so nothing that it says goes through the gate.",
  apply(seams) {
    changePushes(seams, commands.MSG_DATA, (message) => (message.msg_type === 7 ? undefined : message));
  },
};
