import { defineSection, type Section } from "./section.ts";

const rules = {
  "SESS-01": {
    level: "must",
    status: "D/I",
    text: "`CIMRecentContactSessionReq` (0x0201) MUST be answered by 0x0202 with all sessions of Self in state OK; there is no paging. Their number has no limit; 1,024 are asked for. A server MAY state a limit of its own (at least 20): the list then holds so many, those with the newest `updated_time`.",
    evidence: "logic/rpcserver/logic_rpc_server_list.go",
    axes: ["kind", "number", "time", "transport"],
    numbers: {
      none: "A user without any session is SESS-12.",
    },
  },
  "SESS-02": {
    level: "must",
    status: "I",
    text: "Order: `updated_time` descending. Equal times (one-second grain) may come in any order.",
    evidence: "logic/dao/session.go",
    axes: ["transport"],
    without: {
      kind: "Its variants for groups are SESS-08: a group's message moves it up as any other.",
      time: "SYS-01/all-that-clients-see compares the whole list, with the fields of every entry, before and after a restart.",
    },
  },
  "SESS-03": {
    level: "must",
    status: "I",
    text: "Each entry: `session_id` (peer or group), `session_type`, `session_status` 1, `unread_cnt`, `updated_time`, and from the newest message of the conversation: `msg_id` (client id), `server_msg_id`, `msg_time_stamp` (seconds), `msg_data`, `msg_type`, `msg_from_user_id`, `msg_status` 0. `msg_attach` and `extend_data` are empty.",
    evidence: "logic/rpcserver/logic_rpc_server_list.go",
    axes: ["kind", "transport"],
    without: {
      time: "SYS-01/all-that-clients-see compares the whole list, with the fields of every entry, before and after a restart.",
    },
  },
  "SESS-04": {
    level: "must",
    status: "D/I",
    text: "The newest message is the newest of **both** directions.",
    evidence: "logic/rpcserver/logic_rpc_server_list.go, docs/04",
    axes: ["transport"],
    without: {
      kind: "Only a one-to-one conversation has two directions.",
      time: "SYS-01/all-that-clients-see compares the whole list, with the fields of every entry, before and after a restart.",
    },
  },
  "SESS-05": {
    level: "must",
    status: "I",
    text: "`unread_counts` MUST equal the sum of `unread_cnt` of the entries returned. `user_id` is echoed.",
    evidence: "logic/rpcserver/logic_rpc_server_list.go",
    axes: ["transport"],
    byHand: {
      kind: ["sum-of-unread", "sum-after-exit", "sum-after-removal"],
    },
    without: {
      time: "SYS-01/all-that-clients-see compares the whole list, with the fields of every entry, before and after a restart.",
    },
  },
  "SESS-06": {
    level: "should",
    status: "D vs I",
    text: "`latest_update_time` > 0 asks only for sessions with `updated_time` greater than it; 0 asks for all. The Go server ignores the field and always returns all, and the Flutter client sends the current time while expecting all sessions. Recommended: **ignore it** (return all); a server that filters must declare it.",
    evidence: "pb/CIM.List.proto, logic/rpcserver/logic_rpc_server_list.go, flutter session_business.dart",
    axes: ["transport"],
    without: {
      kind: "A filter looks at the time of sessions alone, and at once.",
      time: "A filter looks at the time of sessions alone, and at once.",
    },
  },
  "SESS-07": {
    level: "must",
    status: "imp",
    capability: "separate-id-spaces",
    text: "One-to-one and group sessions with the same number are different sessions and MUST both be listed, each with its own newest message, unread count and update time.",
    evidence: "server/setup/mysql/init/cim.sql (unique key has session_type)",
    without: {
      kind: "It is about one session of either kind with the same number.",
      transport:
        "Its scene needs a user and a group of the same number, which only the first cases of a run can have, and few of them.",
      time: "Its scene can be had once in a run; what the list shows after a restart is SESS-01 and SYS-01.",
    },
  },
  "SESS-08": {
    level: "must",
    status: "imp",
    capability: "group-sessions",
    text: "A group message sets the session's update time for **all** members, so that the group moves up in everybody's list. The Go server does it for the sender only.",
    evidence: "server/api/message.puml, docs/07",
    axes: ["transport"],
    without: {
      kind: "It is about groups; MSG-18 is its twin one-to-one.",
      time: "SYS-01/all-that-clients-see compares the whole list, with the fields of every entry, before and after a restart.",
    },
  },
  "SESS-09": {
    level: "must",
    status: "imp",
    capability: "group-sessions",
    text: "Members added by invitation get the group session at once, as initial members do.",
    evidence: "docs/07 step 5",
    axes: ["transport"],
    without: {
      kind: "It is about groups; MSG-18 is its twin one-to-one.",
      time: "SYS-01/all-that-clients-see compares the whole list, with the fields of every entry, before and after a restart.",
    },
  },
  "SESS-10": {
    level: "may",
    status: "I",
    text: "A session whose conversation has no message yet is left out upstream. Since creation writes a notification, a group session always has one.",
    evidence: "logic/rpcserver/logic_rpc_server_list.go",
    axes: ["transport"],
    without: {
      kind: "It is about a list without the sessions in question.",
      time: "It is about a list without the sessions in question.",
    },
  },
  "SESS-11": {
    level: "must",
    status: "I",
    text: "`is_robot_session` is true exactly for sessions with a robot made at registration.",
    evidence: "server/internal/logic/rpcserver/robot.go",
    axes: ["transport"],
    without: {
      kind: "Robots have one-to-one sessions only.",
      time: "SYS-01/all-that-clients-see compares the whole list, with the fields of every entry, before and after a restart.",
    },
  },
  "SESS-12": {
    level: "must",
    status: "I",
    text: "A user without sessions gets an answer with an empty list and `unread_counts` 0.",
    evidence: "logic/rpcserver/logic_rpc_server_list.go",
    axes: ["transport"],
    without: {
      kind: "It is about a list without the sessions in question.",
      time: "It is about a list without the sessions in question.",
    },
  },
  "SESS-13": {
    level: "must",
    status: "ours",
    capability: "access-control",
    text: "After leaving, being removed or a disband, the session's newest message shown MUST NOT be one sent after the user lost membership. (The Go server keeps showing the newest.) A server MAY drop the session from the list instead.",
    axes: ["transport"],
    without: {
      kind: "It is about groups that were left.",
      time: "SYS-01/all-that-clients-see compares the whole list, with the fields of every entry, before and after a restart.",
    },
  },
} as const;

/** The rules of SESS. */
export const sessionSection: Section<keyof typeof rules> = defineSection(
  { id: "SESS", title: "Session list", chineseTitle: "会话列表", kind: "sessions" },
  rules,
);
