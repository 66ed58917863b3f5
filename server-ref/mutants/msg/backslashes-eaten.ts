import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

const BACKSLASH = 0x5c;

/** MSG-14: loses backslashes in the content. */
export const backslashesEaten: Mutant = {
  name: "backslashes-eaten",
  breaks: ["MSG-14"],
  companions: [{ rule: "MSG-15", reason: "binary content holds every byte, backslashes included" }],
  title: "loses backslashes in the content",
  story: "The content passes through a string literal of the database's language.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_data }) => ({
      msg_data: msg_data.filter((byte) => byte !== BACKSLASH),
    }));
  },
};
