import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** MSG-12: accepts messages of type 0. */
export const typeZeroAccepted: Mutant = {
  name: "type-zero-accepted",
  breaks: ["MSG-12"],
  title: "accepts messages of type 0",
  story: "The zero value of the field was taken for plain text.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_type }) => ({ msg_type: msg_type === 0 ? 1 : msg_type }));
  },
};
