import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changePushes } from "../wrap/packets.ts";

/** READ-04: leaves `msg_id` out of the read notify. */
export const notifyWithoutMessageId: Mutant = {
  name: "notify-without-message-id",
  breaks: ["READ-04"],
  title: "leaves `msg_id` out of the read notify",
  story: "The counter is cleared as a whole, so that the id seemed to say nothing.",
  apply(seams) {
    changePushes(seams, commands.MSG_READ_NOTIFY, () => ({ msg_id: 0n }));
  },
};
