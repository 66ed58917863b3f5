import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** MSG-21: cuts receiver ids to 32 bits. */
export const idsCutTo32Bits: Mutant = {
  name: "ids-cut-to-32-bits",
  breaks: ["MSG-21"],
  title: "cuts receiver ids to 32 bits",
  story: "The column is a 32-bit integer, and the driver drops what does not fit.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ to_session_id }) => ({ to_session_id: to_session_id & 0xffff_ffffn }));
  },
};
