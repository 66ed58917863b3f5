import { defineSection, type Section } from "./section.ts";

const rules = {
  "FRIEND-01": {
    level: "must",
    status: "D/I",
    text: "0x0601 → 0x0602: up to 50 registered users, Self left out, `user_id` echoed; each `CIMUserInfo` has `user_id` and `nick_name`.",
    evidence: "logic/dao/user.go, pb/CIM.Friend.proto",
    axes: ["transport"],
    byHand: {
      number: ["at-most-fifty"],
    },
    without: {
      time: "Which users are listed is free when there are more than 50, so that two lists cannot be compared.",
      width: "The request names nobody but who asks.",
    },
  },
  "FRIEND-02": {
    level: "must",
    status: "D vs I",
    text: "Selection: documents say random; the code takes the 50 most recently created, newest first. Tests may only check: at most 50, no duplicates, Self absent, nicknames right, and that with fewer than 50 other users all are present.",
    evidence: "pb/CIM.Def.proto vs logic/dao/user.go",
    axes: ["transport"],
    without: {
      number: "How many are listed is FRIEND-01.",
      time: "Which users are listed is free when there are more than 50, so that two lists cannot be compared.",
      width: "The request names nobody but who asks.",
    },
  },
  "FRIEND-03": {
    level: "must",
    status: "D/I",
    text: "There is no friendship: any user may write to any user.",
    evidence: "pb/CIM.Def.proto",
    kind: "messages",
    axes: ["transport"],
    without: {
      kind: "It is about a receiver who is a user; who may write to a group is GROUP-32.",
      width: "The numbers that a client gives are the ids of users, which MSG-21 has in every width.",
      concurrency: "It is about what becomes of one message; messages that meet are MSG-05, MSG-18 and SYS-02.",
    },
  },
} as const;

/** The rules of FRIEND. */
export const friendSection: Section<keyof typeof rules> = defineSection(
  { id: "FRIEND", title: "User list", chineseTitle: "用户列表", kind: "lists", capability: "user-list" },
  rules,
);
