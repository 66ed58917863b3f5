import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** CONTENT-05: refuses locations. */
export const locationRefused: Mutant = {
  name: "location-refused",
  breaks: ["CONTENT-05"],
  title: "refuses locations",
  story: "The list of known types ends with videos.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_type }) => ({ msg_type: msg_type === 6 ? 0 : msg_type }));
  },
};
