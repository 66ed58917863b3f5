import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { wrapHandle } from "../wrap/handlers.ts";
import { watchConnections } from "../wrap/packets.ts";

/** CONN-17: closes every connection when a bye has no `channel_info`. */
export const missingChannelEndsEverybody: Mutant = {
  name: "missing-channel-ends-everybody",
  breaks: ["CONN-17"],
  disturbsOthers: true,
  title: "closes every connection when a bye has no `channel_info`",
  story: "The missing sub-message is a nil dereference, and the process supervisor restarts the gate.",
  apply(seams) {
    const connections = watchConnections(seams);
    wrapHandle(seams, commands.VOIP_BYE_REQ, (request, context, original) => {
      if (request.message.channel_info) return original(request, context);
      for (const connection of connections) connection.close();
      return [];
    });
  },
};
