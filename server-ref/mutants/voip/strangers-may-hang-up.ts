import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { wrapHandle } from "../wrap/handlers.ts";

/** VOIP-16: lets anybody end a call who knows its channel. */
export const strangersMayHangUp: Mutant = {
  name: "strangers-may-hang-up",
  breaks: ["VOIP-16"],
  title: "lets anybody end a call who knows its channel",
  story: "Whoever has the channel was taken for a party.",
  apply(seams) {
    wrapHandle(seams, commands.VOIP_BYE_REQ, async (request, context, original) => {
      const creator = request.message.channel_info?.creator_id ?? 0n;
      const call = creator === 0n ? undefined : await context.calls.ofUser(creator);
      const isParty = call === undefined || request.self === call.creator_id || request.self === call.called_id;
      return await original(isParty ? request : { ...request, self: call.creator_id }, context);
    });
  },
};
