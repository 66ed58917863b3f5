import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changePushes } from "../wrap/packets.ts";

/** VOIP-11: does not tell the other side that the call is over. */
export const byeOnlyAnswered: Mutant = {
  name: "bye-only-answered",
  breaks: ["VOIP-11"],
  companions: [
    { rule: "VOIP-13", reason: "a call that ends by itself is told by the same notify" },
    { rule: "VOIP-14", reason: "the end of a lost party's call is told by the same notify" },
    { rule: "VOIP-17", reason: "other devices are told by the same notify" },
    { rule: "VOIP-06", reason: "a busy user is told by the same notify" },
    { rule: "VOIP-15", reason: "the reason does not reach the other side" },
  ],
  title: "does not tell the other side that the call is over",
  story: "The media connection ends anyway.",
  apply(seams) {
    changePushes(seams, commands.VOIP_BYE_NOTIFY, () => undefined);
  },
};
