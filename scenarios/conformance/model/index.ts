import type { ConformanceCase } from "../../../harness/runner/index.ts";
import { defineCase } from "../define.ts";
import { concurrentGroup, concurrentPair } from "./concurrent.ts";
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
      capabilities: ["groups", "group-unread", "group-sessions"],
      title: "what four concurrent writers of a group and its readers see fits together",
      steps: [
        "four members write to a group at the same time; two of them write to each other besides",
        "one loses its connection in the middle and comes back",
        "acknowledgements, pushes, histories and session lists are searched for anomalies",
      ],
    },
    concurrentGroup,
  ),
  defineCase(
    {
      id: "SYS-02/concurrent-history-one-to-one",
      title: "what two users who write to each other at the same time see fits together",
      steps: [
        "both write at the same time and read the newest page now and then",
        "acknowledgements, pushes, histories and session lists are searched for anomalies",
      ],
    },
    concurrentPair,
  ),
];
