import type { Checked } from "./row.ts";

/** How long the target takes over things. */
export const timerRows = {
  timeoutScale: {
    type: "number",
    default: 1,
    describe: "factor for the suite's deadlines, for slow targets",
    limits: { exclusiveMinimum: 0 },
  },
  timers: {
    type: "string",
    default: "",
    describe: "the target's own timers, e.g. login=15s,heartbeat=60s,ack=15s",
  },
} as const;
export type TimerRows = Checked<typeof timerRows>;
