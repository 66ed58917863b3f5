import type { Checked } from "./row.ts";

/** What does not keep two results from being compared. */
export const allowRows = {
  allow: {
    type: "list",
    choices: ["machine", "options"],
    default: [],
    describe: "compares although the machine or the options differ",
  },
} as const;
export type AllowRows = Checked<typeof allowRows>;

/** How much worse is not yet a regression. */
export const toleranceRows = {
  tolerance: {
    type: "list",
    default: [],
    describe: "how much worse is tolerated: 10%, or by figure msg_e2e.p99=10%, msg_ack.p50=2ms",
    otherwise: "10%, 30% for single runs",
    inFile: "one-or-more",
  },
} as const;
export type ToleranceRows = Checked<typeof toleranceRows>;
