import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** MSG-17: refuses a `client_msg_id` that is longer than a UUID. */
export const clientIdOf36AtMost: Mutant = {
  name: "client-id-of-36-at-most",
  breaks: ["MSG-17"],
  title: "refuses a `client_msg_id` that is longer than a UUID",
  story: "The column was made for UUIDs.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ client_msg_id, msg_type }) => ({
      msg_type: client_msg_id.length > 36 ? 0 : msg_type,
    }));
  },
};
