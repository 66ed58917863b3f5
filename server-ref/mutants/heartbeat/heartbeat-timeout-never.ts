import type { Mutant } from "../mutant.ts";

/** HB-02: never closes silent connections. */
export const heartbeatTimeoutNever: Mutant = {
  name: "heartbeat-timeout-never",
  breaks: ["HB-02"],
  title: "never closes silent connections",
  story: "TCP was trusted to tell when a client is gone.",
  apply(seams) {
    seams.timers.heartbeatTimeoutMs = 2 ** 40;
  },
};
