import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** MSG-14: removes blanks at both ends of the content. */
export const contentTrimmed: Mutant = {
  name: "content-trimmed",
  breaks: ["MSG-14"],
  companions: [{ rule: "MSG-16", reason: "the longest content ends with a blank" }],
  title: "removes blanks at both ends of the content",
  story: "What users type is trimmed everywhere else, too.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_data }) => ({
      msg_data: Buffer.from(Buffer.from(msg_data).toString("latin1").trim(), "latin1"),
    }));
  },
};
