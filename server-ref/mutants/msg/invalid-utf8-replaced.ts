import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** MSG-15: replaces bytes that are not UTF-8 and stores the rest. */
export const invalidUtf8Replaced: Mutant = {
  name: "invalid-utf8-replaced",
  breaks: ["MSG-15"],
  title: "replaces bytes that are not UTF-8 and stores the rest",
  story: "The content is made a string on its way to the store, and bytes that make no character become U+FFFD.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_data }) => ({
      msg_data: Buffer.from(Buffer.from(msg_data).toString()),
    }));
  },
};
