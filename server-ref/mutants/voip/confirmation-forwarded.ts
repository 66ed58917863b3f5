import { commands } from "../../../codegen/index.ts";
import { push } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** VOIP-10: passes the caller's confirmation on to the called user. */
export const confirmationForwarded: Mutant = {
  name: "confirmation-forwarded",
  breaks: ["VOIP-10"],
  title: "passes the caller's confirmation on to the called user",
  story: "Everything that one side sends in a call goes to the other.",
  apply(seams) {
    changeEffects(seams, commands.VOIP_INVITE_REPLY_ACK, async (effects, { self, message }, context) => {
      const call = await context.calls.ofUser(self);
      return call ? [...effects, push([call.called_id], commands.VOIP_INVITE_REPLY_ACK, message)] : effects;
    });
  },
};
