import { commands } from "../../../codegen/index.ts";
import { messageInfo } from "../../logic/history.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects, messageOf } from "../wrap/handlers.ts";

/** MSGID-03: looks up any number of ids. */
export const idsNotLimited: Mutant = {
  name: "ids-not-limited",
  breaks: ["MSGID-03"],
  title: "looks up any number of ids",
  story: "The limit stands in a comment of the contract, which the code does not read.",
  apply(seams) {
    changeEffects(seams, commands.MSG_GET_BY_MSG_ID_REQ, async (effects, { self, message }, context) => {
      const { session_type, session_id, msg_id_list } = message;
      const found = await context.store.messagesByClientId({ self, session_type, session_id }, msg_id_list);
      return effects.map((effect) =>
        effect.kind === "reply"
          ? {
              ...effect,
              message: {
                ...messageOf(effect, commands.MSG_GET_BY_MSG_ID_RSP),
                msg_list: found.map((stored) => messageInfo(stored, { self, session_type, session_id })),
              },
            }
          : effect,
      );
    });
  },
};
