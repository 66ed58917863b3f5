import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changePushes } from "../wrap/packets.ts";

/** CONTENT-06: sends a robot's answer as plain text. */
export const robotAnswerAsText: Mutant = {
  name: "robot-answer-as-text",
  breaks: ["CONTENT-06"],
  companions: [
    { rule: "ROBOT-03", reason: "the answer is not in the robot's form" },
    { rule: "ROBOT-06", reason: "the answer is not in the robot's form" },
  ],
  title: "sends a robot's answer as plain text",
  story: "The answer of the service is passed on as it came.",
  apply(seams) {
    changePushes(seams, commands.MSG_DATA, ({ msg_type }) =>
      msg_type === 7 ? { msg_data: Buffer.from("hello") } : {},
    );
  },
};
