import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changePushes } from "../wrap/packets.ts";

/** PUSH-02: leaves `server_msg_id` out of the push. */
export const pushWithoutServerId: Mutant = {
  name: "push-without-server-id",
  breaks: ["PUSH-02"],
  companions: [
    { rule: "VOIP-12", reason: "the push of a call record has no id either" },
    { rule: "ROBOT-04", reason: "the push of an answer has no id either" },
    { rule: "HIST-13", reason: "the push of a notification has no id either" },
    { rule: "PUSH-05", reason: "the order is told by the ids of the pushes" },
  ],
  title: "leaves `server_msg_id` out of the push",
  story: "The push passes on what the sender sent, in which the id is still 0.",
  apply(seams) {
    changePushes(seams, commands.MSG_DATA, () => ({ server_msg_id: 0n }));
  },
};
