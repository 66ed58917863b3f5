import type { VerdictFacts } from "../verdict.ts";

/** The facts of a run in which nothing is wrong. */
export const healthyFacts: VerdictFacts = {
  violations: {},
  targetGone: undefined,
  thresholds: [],
  clientsRequested: 100,
  notReached: {},
  lost: {},
  errors: {},
  slowLogins: undefined,
  unaudited: 0,
  notWhole: [],
  saturation: [],
  stoodStill: false,
  connectionTable: [],
  tooFewSamples: [],
  hasSamples: true,
  partial: false,
};
