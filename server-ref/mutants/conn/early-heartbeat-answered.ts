import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";

/** CONN-15: answers heartbeats before login. */
export const earlyHeartbeatAnswered: Mutant = {
  name: "early-heartbeat-answered",
  breaks: ["CONN-15"],
  title: "answers heartbeats before login",
  story: "A heartbeat needs no user, so its handler was left out of the check for login.",
  apply(seams) {
    seams.gate.onEarlyCommand = (commandId) => (commandId === commands.LOGIN_HEARTBEAT.id ? "handle" : "close");
  },
};
