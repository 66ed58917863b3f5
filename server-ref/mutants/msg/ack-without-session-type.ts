import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** MSG-04: leaves `session_type` out of the acknowledgement. */
export const ackWithoutSessionType: Mutant = {
  name: "ack-without-session-type",
  breaks: ["MSG-04"],
  title: "leaves `session_type` out of the acknowledgement",
  story: "The acknowledgement was built from the stored row, which does not carry the type.",
  apply(seams) {
    changeAnswers(seams, commands.MSG_DATA_ACK, () => ({ session_type: 0 as 1 }));
  },
};
