import type { ConformanceCase } from "../../../harness/runner/index.ts";
import { defineCase } from "../define.ts";
import { concurrentGroup, concurrentPair } from "./concurrent.ts";
import { runMarathon } from "./marathon/run.ts";
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
  defineCase(
    {
      id: "SYS-02/marathon",
      capabilities: ["groups", "group-unread", "group-sessions", "deduplication", "read-position", "calls"],
      needs: ["registration"],
      isLong: true,
      asks: { devices: 12, sessions: 200, groups: 60, "group-members": 200 },
      title: "one long random history in a large world is what a model says, step by step",
      steps: [
        "alice has six devices, eighty sessions, fifty groups, one of 200 members, and a conversation of 1,400",
        "she and three others write, send again, read, go back, leave, return, are removed, call and reconnect at random",
        "after each step acknowledgements, pushes on every device, counts and lists are compared with the model",
      ],
    },
    runMarathon,
  ),
];
