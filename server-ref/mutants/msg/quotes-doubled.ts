import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** MSG-14: doubles single quotes in the content. */
export const quotesDoubled: Mutant = {
  name: "quotes-doubled",
  breaks: ["MSG-14"],
  companions: [{ rule: "MSG-15", reason: "binary content holds every byte, quotes included" }],
  title: "doubles single quotes in the content",
  story: "Quotes are escaped by hand before a statement that escapes them again.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_data }) => ({
      msg_data: Buffer.from(Buffer.from(msg_data).toString("latin1").replaceAll("'", "''"), "latin1"),
    }));
  },
};
