import { defineSection, type Section } from "./section.ts";

const rules = {
  "UNREAD-01": {
    level: "must",
    status: "I",
    text: "One-to-one: each stored message raises the **receiver's** counter for the session with the sender by 1, online or not, pushed or not. The sender's counter is unchanged. The count is exact however large it is: what is shown as 99+ is for clients to decide.",
    evidence: "logic/dao/message.go, logic/dao/unread.go",
    axes: ["concurrency", "kind", "number", "time", "transport"],
  },
  "UNREAD-02": {
    level: "must",
    status: "D, imp in effect",
    capability: "group-unread",
    text: "Group: unread of a member = messages of the group − messages the member has read; a message of the group raises the count of every member except the sender by 1, and sets the sender's own count for the group to 0.",
    evidence: "docs/07 (unread), logic/dao/unread.go (comments)",
    axes: ["concurrency", "number", "position", "time", "transport"],
    numbers: {
      thousand: "How far counts go, in groups as well, is UNREAD-01; here it is who is counted.",
    },
    without: {
      kind: "It is about groups; UNREAD-01 is about both kinds.",
    },
  },
  "UNREAD-03": {
    level: "must",
    status: "imp",
    capability: "group-unread",
    text: "A new member starts with 0 unread (earlier messages do not count); messages after joining count even if the member has never written or read in the group.",
    evidence: "docs/07 (total − offset)",
    axes: ["number", "time", "transport"],
    numbers: {
      thousand: "How far counts go is UNREAD-01.",
    },
    without: {
      kind: "It is about groups; UNREAD-01 is about both kinds.",
      concurrency: "Who is invited by two at the same moment is GROUP-22.",
    },
  },
  "UNREAD-04": {
    level: "may",
    status: "I",
    text: "The creation notification counts as a group message in the Go server's total. Whether it counts as unread for members is open; tests must not depend on it (read the count first, then compare differences).",
    evidence: "logic/dao/message.go",
    unobservable: "left open on purpose: cases read the count first and compare differences",
  },
  "UNREAD-05": {
    level: "must",
    status: "I",
    text: "Delivery confirmations (ACK) do not change unread counts; only read acks and, in groups, one's own message do.",
    evidence: "logic/dao/unread.go",
    axes: ["kind", "transport"],
    without: {
      number: "It is about what does not change a count, at once and whatever the count is.",
      time: "It is about what does not change a count, at once and whatever the count is.",
      concurrency: "A confirmation changes no count, so that nothing meets.",
    },
  },
  "UNREAD-06": {
    level: "must",
    status: "I",
    text: "Counts persist over disconnection and server restart.",
    evidence: "logic/dao/unread.go (store)",
    axes: ["kind", "position", "time", "transport"],
    without: {
      number: "What is kept is one number; how large numbers may be is UNREAD-01.",
      concurrency: "It is about counts that are kept; how they come about while two write is UNREAD-01 and UNREAD-02.",
    },
  },
  "UNREAD-07": {
    level: "must",
    status: "imp",
    capability: "group-unread",
    text: "Messages **to** a robot do not raise the robot's counter. (Invisible to clients.)",
    evidence: "logic/dao/message.go, rocketmq branch",
    unobservable: "robots never log in, so nobody can ask for their counter",
  },
  "UNREAD-08": {
    level: "must",
    status: "I",
    text: "Robot answers and robot welcome messages raise the user's counter like any message.",
    evidence: "server/internal/logic/rpcserver/robot.go",
    axes: ["transport"],
    without: {
      kind: "Robots are spoken to one-to-one only.",
      number: "Messages of robots are counted as all others are; how many, and after what, is UNREAD-01.",
      time: "Messages of robots are counted as all others are; how many, and after what, is UNREAD-01.",
      concurrency: "A message of a robot is counted as any other; counts while two write are UNREAD-01.",
    },
  },
} as const;

/** The rules of UNREAD. */
export const unreadSection: Section<keyof typeof rules> = defineSection(
  { id: "UNREAD", title: "Unread counts", chineseTitle: "未读数", kind: "counts" },
  rules,
);
