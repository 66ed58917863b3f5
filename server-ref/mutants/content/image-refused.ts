import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** CONTENT-09: refuses images. */
export const imageRefused: Mutant = {
  name: "image-refused",
  breaks: ["CONTENT-09"],
  title: "refuses images",
  story: "Images have no description in the contract's file, so they were left out.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_type }) => ({ msg_type: msg_type === 3 ? 0 : msg_type }));
  },
};
