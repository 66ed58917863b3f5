import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** MSG-16: refuses content of more than 2048 bytes. */
export const contentLimitInBytes: Mutant = {
  name: "content-limit-in-bytes",
  breaks: ["MSG-16"],
  title: "refuses content of more than 2048 bytes",
  story: "The limit counts characters in the contract and bytes in the language.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_data, msg_type }) => ({
      msg_type: msg_data.length > 2048 ? 0 : msg_type,
    }));
  },
};
