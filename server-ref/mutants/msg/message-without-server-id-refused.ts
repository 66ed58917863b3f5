import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";

/** MSG-01: refuses messages whose `server_msg_id` is 0. */
export const messageWithoutServerIdRefused: Mutant = {
  name: "message-without-server-id-refused",
  breaks: ["MSG-01"],
  companions: [
    { rule: "CONN-18", reason: "no message is accepted" },
    { rule: "LOGIN-11", reason: "no message is accepted" },
    { rule: "MSG-20", reason: "no message is accepted" },
    { rule: "HIST-05", reason: "no message is accepted" },
    { rule: "HIST-06", reason: "no message is accepted" },
    { rule: "GROUP-11", reason: "no message is accepted" },
    { rule: "GROUP-22", reason: "no message is accepted" },
    { rule: "ROBOT-03", reason: "no message is accepted" },
    { rule: "SYS-02", reason: "no message is accepted" },
    { rule: "FRIEND-03", reason: "no message is accepted" },
    { rule: "MSG-03", reason: "no message is accepted" },
    { rule: "MSG-05", reason: "no message is accepted" },
    { rule: "MSG-10", reason: "no message is accepted" },
    { rule: "MSG-16", reason: "no message is accepted" },
    { rule: "MSG-17", reason: "no message is accepted" },
    { rule: "MSG-19", reason: "no message is accepted" },
    { rule: "MSG-21", reason: "no message is accepted" },
    { rule: "CONN-10", reason: "no message is accepted" },
    { rule: "CONN-16", reason: "no message is accepted" },
    { rule: "CONN-20", reason: "no message is accepted" },
    { rule: "MSG-07", reason: "no message is accepted" },
    { rule: "MSG-08", reason: "no message is accepted" },
    { rule: "MSG-15", reason: "no message is accepted" },
    { rule: "MSG-18", reason: "no message is accepted" },
    { rule: "MSG-02", reason: "no message is accepted" },
    { rule: "MSG-04", reason: "no message is accepted" },
    { rule: "PUSH-02", reason: "no message is accepted" },
  ],
  title: "refuses messages whose `server_msg_id` is 0",
  story: "A validator generated from the message demands every field that the acknowledgement has.",
  apply(seams) {
    changeRequest(seams, commands.MSG_DATA, ({ server_msg_id, msg_type }) => ({
      msg_type: server_msg_id === 0n ? 0 : msg_type,
    }));
  },
};
