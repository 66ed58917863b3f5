import type { ConformanceCase } from "../../../harness/runner/index.ts";
import { defineCase } from "../define.ts";
import { concurrentHistory } from "./concurrent.ts";
import { holdsForAll } from "./property.ts";
import { groupSteps, singleSteps } from "./steps.ts";

/** SYS: random histories compared with a model step by step, and concurrent ones searched for anomalies. */
export const modelCases: readonly ConformanceCase[] = [
  defineCase(
    {
      id: "SYS-02/random-history-one-to-one",
      capabilities: ["deduplication", "clean-refusals"],
      title: "three users who send, send again, read and reconnect at random find what a model says",
      steps: [
        "play random histories with fresh users",
        "compare ids, pushes, histories and unread counts with the model",
      ],
    },
    async (t) => await holdsForAll(t, singleSteps),
  ),
  defineCase(
    {
      id: "SYS-02/random-history-group",
      capabilities: ["groups", "group-unread", "group-sessions"],
      title: "users who join, leave, write to and read a group at random find what a model says",
      steps: [
        "play random histories with fresh users",
        "compare ids, pushes, histories and unread counts with the model",
      ],
    },
    async (t) => await holdsForAll(t, groupSteps),
  ),
  defineCase(
    {
      id: "SYS-02/concurrent-history",
      capabilities: ["groups"],
      title: "what four concurrent writers of a group and its readers see fits together",
      steps: [
        "four members write to a group at the same time, one loses its connection in the middle",
        "acknowledgements, pushes and histories are searched for anomalies",
      ],
    },
    concurrentHistory,
  ),
];
