import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** MSG-03: acknowledges a message only when the receiver is online to get it. */
export const ackOnlyWhenDelivered: Mutant = {
  name: "ack-only-when-delivered",
  breaks: ["MSG-03"],
  companions: [
    { rule: "CONN-18", reason: "the receiver of the case may be offline" },
    { rule: "ROBOT-03", reason: "a robot is never online" },
    { rule: "CONN-04", reason: "the receiver of the case is offline" },
    { rule: "MSG-01", reason: "the receiver of the case is offline" },
    { rule: "MSG-16", reason: "the receiver of the case may be offline" },
    { rule: "MSG-17", reason: "the receiver of the case may be offline" },
    { rule: "MSG-21", reason: "the receiver of the case is offline" },
    { rule: "CONN-20", reason: "whoever has just left cannot take delivery" },
    { rule: "MSG-05", reason: "the receiver of the case may be offline" },
    { rule: "MSG-07", reason: "the receiver of the case may be offline" },
    { rule: "CONN-16", reason: "the receiver of the case is offline" },
    { rule: "CONN-10", reason: "the receiver of the case is offline" },
    { rule: "MSG-19", reason: "whoever is offline cannot take delivery" },
  ],
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
