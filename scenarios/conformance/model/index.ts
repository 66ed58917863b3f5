import type { ConformanceCase } from "../../../harness/runner/index.ts";
import { defineCase } from "../define.ts";
import { holdsForAll } from "./property.ts";
import { groupSteps, singleSteps } from "./steps.ts";

/** SYS: random histories of several users, compared with a model step by step. */
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
];
