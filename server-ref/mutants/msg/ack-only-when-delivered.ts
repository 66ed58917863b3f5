import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** MSG-03: acknowledges a message only when the receiver is online to get it. */
export const ackOnlyWhenDelivered: Mutant = {
  name: "ack-only-when-delivered",
  breaks: ["MSG-03"],
  companions: [{ rule: "MSG-19", reason: "whoever is offline cannot take delivery" }],
  title: "acknowledges a message only when the receiver is online to get it",
  story: 'The acknowledgement was understood as "delivered".',
  apply(seams) {
    changeEffects(seams, commands.MSG_DATA, async (effects, { message }, context) =>
      message.session_type === 2 || (await context.isOnline(message.to_session_id))
        ? effects
        : effects.filter(({ kind }) => kind !== "reply"),
    );
  },
};
