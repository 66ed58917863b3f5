import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** HB-01: does not answer heartbeats. */
export const heartbeatUnanswered: Mutant = {
  name: "heartbeat-unanswered",
  breaks: ["HB-01"],
  title: "does not answer heartbeats",
  story: "The heartbeat is for the server, so its arrival is noted and nothing sent.",
  apply(seams) {
    changeEffects(seams, commands.LOGIN_HEARTBEAT, () => []);
  },
};
