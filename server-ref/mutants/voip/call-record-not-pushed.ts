import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changePushes } from "../wrap/packets.ts";

/** VOIP-12: stores the record of a call without pushing it. */
export const callRecordNotPushed: Mutant = {
  name: "call-record-not-pushed",
  breaks: ["VOIP-12"],
  companions: [{ rule: "CONTENT-08", reason: "there is no push whose content could be looked at" }],
  title: "stores the record of a call without pushing it",
  story: "It is history, and history is asked for.",
  apply(seams) {
    changePushes(seams, commands.MSG_DATA, (message) => (message.msg_type === 10 ? undefined : message));
  },
};
