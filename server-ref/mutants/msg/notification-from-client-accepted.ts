import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** MSG-12: accepts notifications that clients send. */
export const notificationFromClientAccepted: Mutant = {
  name: "notification-from-client-accepted",
  breaks: ["MSG-12"],
  title: "accepts notifications that clients send",
  story: "The type is a known one, and who may send it was not asked.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ msg_type }) => ({ msg_type: msg_type === 9 ? 1 : msg_type }));
  },
};
