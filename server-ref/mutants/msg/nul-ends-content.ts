import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** MSG-14: cuts the content at the first NUL. */
export const nulEndsContent: Mutant = {
  name: "nul-ends-content",
  breaks: ["MSG-14"],
  companions: [{ rule: "MSG-15", reason: "binary content holds NULs" }],
  title: "cuts the content at the first NUL",
  story: "The content passes through a library that knows strings that end with NUL.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_data }) => ({
      msg_data: msg_data.includes(0) ? msg_data.subarray(0, msg_data.indexOf(0)) : msg_data,
    }));
  },
};
