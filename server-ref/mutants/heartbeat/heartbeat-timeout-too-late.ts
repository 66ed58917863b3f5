import type { Mutant } from "../mutant.ts";

/** HB-02: closes silent connections after three times the time. */
export const heartbeatTimeoutTooLate: Mutant = {
  name: "heartbeat-timeout-too-late",
  breaks: ["HB-02"],
  title: "closes silent connections after three times the time",
  story: "A connection may miss two heartbeats before the third closes it.",
  apply(seams) {
    seams.timers.heartbeatTimeoutMs *= 3;
  },
};
