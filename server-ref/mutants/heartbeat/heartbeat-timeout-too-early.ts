import type { Mutant } from "../mutant.ts";

/** HB-02: closes silent connections after half of the time. */
export const heartbeatTimeoutTooEarly: Mutant = {
  name: "heartbeat-timeout-too-early",
  breaks: ["HB-02"],
  title: "closes silent connections after half of the time",
  story: "The sweep halves the limit to be on the safe side.",
  apply(seams) {
    seams.timers.heartbeatTimeoutMs /= 2;
  },
};
