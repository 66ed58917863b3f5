import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** CONTENT-10: refuses hint lines. */
export const tipsRefused: Mutant = {
  name: "tips-refused",
  breaks: ["CONTENT-10"],
  title: "refuses hint lines",
  story: "They were taken for something that only servers send.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_type }) => ({ msg_type: msg_type === 8 ? 0 : msg_type }));
  },
};
