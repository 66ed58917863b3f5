import { randomUUID } from "node:crypto";
import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects, messageOf } from "../wrap/handlers.ts";

/** MSG-20: leaves a refused message in the conversation. */
export const refusedMessageListed: Mutant = {
  name: "refused-message-listed",
  breaks: ["MSG-20"],
  companions: [
    { rule: "MSG-11", reason: "a message that is listed was not refused" },
    { rule: "MSG-12", reason: "a message that is listed was not refused" },
  ],
  title: "leaves a refused message in the conversation",
  story: "The message is stored before it is checked.",
  apply(seams) {
    changeEffects(seams, commands.MSG_DATA, async (effects, { self, message }, context) => {
      const refused = effects.some(
        (effect) => effect.kind === "reply" && messageOf(effect, commands.MSG_DATA_ACK).res_code !== 1,
      );
      const { to_session_id, msg_data } = message;
      if (!refused || to_session_id === 0n) return effects;
      await context.store.append({
        from_user_id: self,
        to_session_id,
        session_type: 1,
        client_msg_id: randomUUID(),
        msg_type: 1,
        msg_data,
        create_time: context.nowSeconds(),
      });
      return effects;
    });
  },
};
