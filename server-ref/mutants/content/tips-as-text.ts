import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** CONTENT-10: stores hint lines as plain text messages. */
export const tipsAsText: Mutant = {
  name: "tips-as-text",
  breaks: ["CONTENT-10"],
  title: "stores hint lines as plain text messages",
  story: "A hint line looks like text, and the list of types was to be kept short.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_type }) => ({ msg_type: msg_type === 8 ? 1 : msg_type }));
  },
};
