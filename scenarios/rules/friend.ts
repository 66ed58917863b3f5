import type { Rule } from "./rule.ts";

/** Section FRIEND of the rules: user list. */
export const friendRules: readonly Rule[] = [
  {
    id: "FRIEND-01",
    level: "must",
    status: "D/I",
    text: "0x0601 → 0x0602: up to 50 registered users, Self left out, `user_id` echoed; each `CIMUserInfo` has `user_id` and `nick_name`.",
  },
  {
    id: "FRIEND-02",
    level: "must",
    status: "D vs I",
    text: "Selection: documents say random; the code takes the 50 most recently created, newest first. Tests may only check: at most 50, no duplicates, Self absent, nicknames right, and that with fewer than 50 other users all are present.",
  },
  {
    id: "FRIEND-03",
    level: "must",
    status: "D/I",
    text: "There is no friendship: any user may write to any user.",
  },
];
