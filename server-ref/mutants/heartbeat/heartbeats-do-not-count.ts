import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";

/** HB-04: closes connections that send heartbeats but no requests. */
export const heartbeatsDoNotCount: Mutant = {
  name: "heartbeats-do-not-count",
  breaks: ["HB-04"],
  companions: [
    { rule: "LOGIN-10", reason: "heartbeats that do not count do not keep the connection open" },
    { rule: "HB-02", reason: "heartbeats that do not count do not keep the connection open" },
  ],
  title: "closes connections that send heartbeats but no requests",
  story: "The time of the last request is what the sweep looks at, and a heartbeat is answered before it is noted.",
  apply(seams) {
    seams.timers.isSignOfLife = (commandId) => commandId !== commands.LOGIN_HEARTBEAT.id;
  },
};
