import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changePushes } from "../wrap/packets.ts";

/** VOIP-15: gives the normal end as the reason of every bye. */
export const reasonAlwaysEnd: Mutant = {
  name: "reason-always-end",
  breaks: ["VOIP-15"],
  companions: [
    { rule: "VOIP-17", reason: "the reason is part of what other devices are told" },
    { rule: "VOIP-06", reason: "the reason is part of what the caller is told" },
    { rule: "VOIP-11", reason: "the reason is part of what the other side is told" },
  ],
  title: "gives the normal end as the reason of every bye",
  story: "The notify is made by the server, and to the server every call just ends.",
  apply(seams) {
    changePushes(seams, commands.VOIP_BYE_NOTIFY, () => ({ byeReason: 3 }));
  },
};
