import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** MSG-16: cuts content behind 8192 bytes without a word. */
export const longContentCut: Mutant = {
  name: "long-content-cut",
  breaks: ["MSG-16"],
  title: "cuts content behind 8192 bytes without a word",
  story: "The database is not in strict mode, so that it cuts what does not fit the column.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_data }) => ({ msg_data: msg_data.subarray(0, 8192) }));
  },
};
