import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeAnswers } from "../wrap/packets.ts";

/** MSG-04: swaps sender and receiver in the acknowledgement. */
export const ackSidesSwapped: Mutant = {
  name: "ack-sides-swapped",
  breaks: ["MSG-04"],
  companions: [{ rule: "MSG-21", reason: "the case compares the receiver in the acknowledgement" }],
  title: "swaps sender and receiver in the acknowledgement",
  story: "The acknowledgement travels the other way, so that its sender was taken to be the receiver.",
  apply(seams) {
    changeAnswers(seams, commands.MSG_DATA_ACK, ({ from_user_id, to_session_id }) => ({
      from_user_id: to_session_id,
      to_session_id: from_user_id,
    }));
  },
};
