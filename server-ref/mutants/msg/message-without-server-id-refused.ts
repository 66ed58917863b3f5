import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** MSG-01: refuses messages whose `server_msg_id` is 0. */
export const messageWithoutServerIdRefused: Mutant = {
  name: "message-without-server-id-refused",
  breaks: ["MSG-01"],
  title: "refuses messages whose `server_msg_id` is 0",
  story: "A validator generated from the message demands every field that the acknowledgement has.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ server_msg_id, msg_type }) => ({
      msg_type: server_msg_id === 0n ? 0 : msg_type,
    }));
  },
};
