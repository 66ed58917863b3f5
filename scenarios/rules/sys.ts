import type { Rule } from "./rule.ts";

/** Section SYS of the rules: several devices, persistence, scale. */
export const sysRules: readonly Rule[] = [
  {
    id: "SYS-01",
    level: "must",
    status: "I",
    text: "Everything stored (users, messages, sessions, groups, unread counts, counters) survives a restart. Calls and connections do not.",
  },
  {
    id: "SYS-02",
    level: "must",
    status: "I id, ours rest",
    capability: "robustness",
    text: "Concurrent senders to one conversation get distinct ids; concurrent logins, logouts and messages of many users never corrupt or stop the server.",
  },
  {
    id: "SYS-03",
    level: "may",
    status: "D",
    text: "Stated aims: delivery within 1 s; two machines for a million users, ten thousand texts per second. Useful only as load-test targets.",
    unobservable: "aims for load tests, measured by load scenarios and not by a case",
  },
  {
    id: "SYS-04",
    level: "may",
    status: "D",
    text: "Not supported and not to be tested: recall, typing, group receipts, mute per session, device push, friend management, profile changes, group renaming, announcement changes.",
    unobservable: "lists what is not to be tested",
  },
];
