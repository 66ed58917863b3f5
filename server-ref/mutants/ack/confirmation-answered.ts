import { commands } from "../../../codegen/index.ts";
import { reply } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** ACK-02: answers the confirmation of a push. */
export const confirmationAnswered: Mutant = {
  name: "confirmation-answered",
  breaks: ["ACK-02"],
  companions: [{ rule: "ACK-04", reason: "a confirmation of an unknown message is answered, too" }],
  title: "answers the confirmation of a push",
  story: "The command is the same as that of the acknowledgement, and so is the code that handles it.",
  apply(seams) {
    changeEffects(seams, commands.MSG_DATA_ACK, (effects, { message }) => [
      ...effects,
      reply(commands.MSG_DATA_ACK, { ...message, res_code: 1 }),
    ]);
  },
};
