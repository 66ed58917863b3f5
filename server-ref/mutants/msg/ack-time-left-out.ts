import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** MSG-04: leaves `create_time` out of the acknowledgement. */
export const ackTimeLeftOut: Mutant = {
  name: "ack-time-left-out",
  breaks: ["MSG-04"],
  companions: [
    { rule: "PUSH-02", reason: "the time of the push is compared with that of the acknowledgement" },
    { rule: "SESS-03", reason: "the time of the entry is compared with that of the acknowledgement" },
    { rule: "HIST-10", reason: "there is no time in the acknowledgement that history could equal" },
  ],
  title: "leaves `create_time` out of the acknowledgement",
  story: "The time was thought to be of interest to the receiver alone.",
  apply(seams) {
    changeAnswers(seams, commands.MSG_DATA_ACK, () => ({ create_time: 0 }));
  },
};
