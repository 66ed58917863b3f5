import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { wrapHandle } from "../wrap/handlers.ts";

/** VOIP-09: finds the call of a reply without `channel_info` by the user who replies. */
export const callFoundWithoutChannel: Mutant = {
  name: "call-found-without-channel",
  breaks: ["VOIP-09"],
  title: "finds the call of a reply without `channel_info` by the user who replies",
  story: "The server knows whom the user is talking to.",
  apply(seams) {
    wrapHandle(seams, commands.VOIP_INVITE_REPLY, async (request, context, original) => {
      if (request.message.channel_info) return await original(request, context);
      const call = await context.calls.ofUser(request.self);
      const { channel_name = "", creator_id = 0n } = call ?? {};
      return await original(
        { ...request, message: { ...request.message, channel_info: { channel_name, channel_token: "", creator_id } } },
        context,
      );
    });
  },
};
