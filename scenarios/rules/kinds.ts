import type { AxisName } from "./axes.ts";

/** What rules of one kind have in common: over which axes their cases must run. */
export interface KindInfo {
  readonly title: string;
  /** Axes along which the behaviour of servers has been seen to differ. */
  readonly demands: readonly AxisName[];
}

/** What sort of thing a rule is about. */
export type RuleKind =
  | "packets"
  | "stream"
  | "connection"
  | "login"
  | "timers"
  | "messages"
  | "resends"
  | "content"
  | "delivery"
  | "reading"
  | "counts"
  | "sessions"
  | "history"
  | "membership"
  | "announcements"
  | "lists"
  | "names"
  | "calls"
  | "robots"
  | "api"
  | "whole";

/**
 * Every kind of rule, with the axes that it demands. `width` stands with kinds whose rules speak of a number that a client
 * gives, `concurrency` with kinds whose rules speak of something that requests of two connections can meet in.
 */
export const ruleKinds: Readonly<Record<RuleKind, KindInfo>> = {
  packets: { title: "the form of packets and of their numbers", demands: ["transport"] },
  stream: { title: "how a stream of bytes is cut into packets", demands: ["position", "length", "width"] },
  connection: { title: "what becomes of a connection, and of those beside it", demands: ["transport", "device"] },
  login: { title: "who logs in, and as whom", demands: ["transport", "width"] },
  timers: { title: "what happens after a time", demands: ["transport"] },
  messages: { title: "what becomes of a message that is sent", demands: ["kind", "transport", "width", "concurrency"] },
  resends: { title: "a message that is sent again", demands: ["kind", "number", "transport", "time", "concurrency"] },
  content: { title: "what a message holds", demands: ["kind", "content"] },
  delivery: { title: "which connections get what", demands: ["kind", "number", "transport", "concurrency"] },
  reading: { title: "what a receipt does", demands: ["kind", "transport", "time", "width", "concurrency"] },
  counts: { title: "how many messages are unread", demands: ["kind", "number", "transport", "time", "concurrency"] },
  sessions: { title: "what the session list shows", demands: ["kind", "transport", "time"] },
  history: { title: "which messages are found again", demands: ["kind", "transport", "time", "width", "concurrency"] },
  membership: {
    title: "who is a member, and what members may do",
    demands: ["role", "transport", "time", "width", "concurrency"],
  },
  announcements: { title: "who is told what has happened to a group", demands: ["role", "transport"] },
  lists: { title: "lists of groups, members and users", demands: ["number", "transport", "time", "width"] },
  names: { title: "names of groups", demands: ["role", "content", "time"] },
  calls: { title: "the signalling of calls", demands: ["side", "transport", "width", "concurrency"] },
  robots: { title: "what robots say", demands: ["number", "transport"] },
  api: { title: "the HTTP API", demands: ["content", "length", "width", "concurrency"] },
  whole: { title: "the server as a whole", demands: ["time", "concurrency"] },
};
