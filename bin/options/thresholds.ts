import type { Checked } from "./row.ts";

/** What a load must meet. */
export const thresholdRows = {
  threshold: {
    type: "list",
    nargs: 1,
    describe: "limit for a figure, e.g. 'msg_e2e: p(99)<200 abortOnFail'; repeatable",
    inFile: "thresholds",
  },
} as const;
export type ThresholdRows = Checked<typeof thresholdRows>;
