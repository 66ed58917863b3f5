import type { Checked } from "./row.ts";

/** What does not keep two results from being compared. */
export const allowRows = {
  allow: {
    type: "list",
    choices: ["machine", "options"],
    default: [],
    describe: "compare even though the machine or the options differ",
  },
} as const;
export type AllowRows = Checked<typeof allowRows>;

/** How much worse is not yet a regression. */
export const toleranceRows = {
  tolerance: {
    type: "list",
    default: [],
    describe: "how much worse a figure may get: 10%, or per figure msg_e2e.p99=10%, msg_ack.p50=2ms",
    otherwise: "10%, 30% for single runs",
    inFile: "one-or-more",
  },
} as const;
export type ToleranceRows = Checked<typeof toleranceRows>;
