import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { wrapHandle } from "../wrap/handlers.ts";

/** VOIP-05: does not let a caller call again who has called somebody offline. */
export const offlineCallBlocksTheCaller: Mutant = {
  name: "offline-call-blocks-the-caller",
  breaks: ["VOIP-05"],
  title: "does not let a caller call again who has called somebody offline",
  story: "The call is waiting for an answer that cannot come, and hanging up does not reach it.",
  apply(seams) {
    const stuck = new Set<bigint>();
    wrapHandle(seams, commands.VOIP_INVITE_REQ, async (request, context, original) => {
      if (stuck.has(request.self)) return [];
      const [called] = request.message.invite_user_list;
      const effects = await original(request, context);
      if (called !== undefined && effects.length > 0 && !(await context.isOnline(called))) stuck.add(request.self);
      return effects;
    });
  },
};
