import { commands } from "../../../codegen/index.ts";
import { isRobot } from "../../logic/robot.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** FRIEND-03: refuses messages between users who have not looked each other up. */
export const strangersMayNotWrite: Mutant = {
  name: "strangers-may-not-write",
  breaks: ["FRIEND-03"],
  companions: [
    { rule: "CONN-18", reason: "the users of the case are strangers who write to each other" },
    { rule: "CONN-20", reason: "the users of the case are strangers who write to each other" },
    { rule: "LOGIN-11", reason: "the users of the case are strangers who write to each other" },
    { rule: "MSG-01", reason: "the users of the case are strangers who write to each other" },
    { rule: "MSG-04", reason: "the users of the case are strangers who write to each other" },
    { rule: "MSG-05", reason: "the users of the case are strangers who write to each other" },
    { rule: "MSG-07", reason: "the users of the case are strangers who write to each other" },
    { rule: "MSG-08", reason: "the users of the case are strangers who write to each other" },
    { rule: "MSG-15", reason: "the users of the case are strangers who write to each other" },
    { rule: "MSG-16", reason: "the users of the case are strangers who write to each other" },
    { rule: "MSG-17", reason: "the users of the case are strangers who write to each other" },
    { rule: "MSG-18", reason: "the users of the case are strangers who write to each other" },
    { rule: "MSG-19", reason: "the users of the case are strangers who write to each other" },
    { rule: "MSG-20", reason: "the users of the case are strangers who write to each other" },
    { rule: "PUSH-02", reason: "the users of the case are strangers who write to each other" },
    { rule: "HIST-05", reason: "the users of the case are strangers who write to each other" },
    { rule: "HIST-06", reason: "the users of the case are strangers who write to each other" },
  ],
  title: "refuses messages between users who have not looked each other up",
  story: "Friendship was expected to come, and a table for it was made already.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ session_type, to_session_id, msg_type }) => ({
      msg_type: session_type === 1 && !isRobot(to_session_id) ? 0 : msg_type,
    }));
  },
};
