import { commands } from "../../../codegen/index.ts";
import { isRobot } from "../../logic/robot.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** FRIEND-03: refuses messages between users who have not looked each other up. */
export const strangersMayNotWrite: Mutant = {
  name: "strangers-may-not-write",
  breaks: ["FRIEND-03"],
  title: "refuses messages between users who have not looked each other up",
  story: "Friendship was expected to come, and a table for it was made already.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ session_type, to_session_id, msg_type }) => ({
      msg_type: session_type === 1 && !isRobot(to_session_id) ? 0 : msg_type,
    }));
  },
};
