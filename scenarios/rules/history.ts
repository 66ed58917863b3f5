import { defineSection, type Section } from "./section.ts";

const rules = {
  "HIST-01": {
    level: "must",
    status: "D/I",
    text: "`CIMGetMsgListReq` (0x0205) → 0x0206 with `user_id`, `session_type`, `session_id`, `end_msg_id` echoed.",
    evidence: "logic/rpcserver/logic_rpc_server_list.go",
    axes: ["kind", "transport", "width"],
    without: {
      time: "It is about the answer's own fields, which echo the request.",
      concurrency: "It is about reading what is stored; a history that two write at the same moment is HIST-05.",
    },
  },
  "HIST-02": {
    level: "must",
    status: "D/I",
    text: "`end_msg_id` = 0: the newest `limit_count` messages. `end_msg_id` > 0: the newest `limit_count` messages with `server_msg_id` **strictly below** it. An `end_msg_id` beyond the newest id is legal and gives the newest messages.",
    evidence: "docs/02 §1.3.8, pb/CIM.List.proto, logic/dao/message.go",
    axes: ["kind", "transport", "width"],
    without: {
      time: "HIST-05/pages reads the whole history page by page, at once, after a login and after a restart.",
      concurrency: "It is about reading what is stored; a history that two write at the same moment is HIST-05.",
    },
  },
  "HIST-03": {
    level: "must",
    status: "D/I",
    text: "Order: ascending `server_msg_id` (newest last).",
    evidence: "logic/dao/message.go",
    axes: ["kind", "transport"],
    without: {
      time: "HIST-05/pages reads the whole history page by page, at once, after a login and after a restart.",
      width: "The numbers of a request are HIST-01, HIST-02, HIST-06 and HIST-11, which have every width.",
      concurrency: "It is about reading what is stored; a history that two write at the same moment is HIST-05.",
    },
  },
  "HIST-04": {
    level: "must",
    status: "D/I",
    text: "One-to-one history holds both directions, merged.",
    evidence: "logic/dao/message.go, docs/02",
    axes: ["transport"],
    without: {
      kind: "Only a one-to-one conversation has two directions.",
      time: "HIST-05/pages reads the whole history page by page, at once, after a login and after a restart.",
      width: "The numbers of a request are HIST-01, HIST-02, HIST-06 and HIST-11, which have every width.",
      concurrency: "It is about reading what is stored; a history that two write at the same moment is HIST-05.",
    },
  },
  "HIST-05": {
    level: "must",
    status: "D/I",
    text: "Paging with `end_msg_id` = smallest id received, until fewer than `limit_count` messages come, MUST yield every message exactly once. The number of messages of a conversation has no limit.",
    evidence: "docs/02 §1.3.8",
    axes: ["concurrency", "kind", "number", "time", "transport"],
    without: {
      width: "The numbers of a request are HIST-01, HIST-02, HIST-06 and HIST-11, which have every width.",
    },
  },
  "HIST-06": {
    level: "must",
    status: "D vs I",
    capability: "documented-limits",
    text: 'At most 100 per request. `limit_count` = 100 MUST be served. Above 100: MUST NOT return more than 100; the server MAY cap to 100 or leave the request unanswered. The Go server refuses 100 as well, without an answer (documents say "at most 100"); recommended: 100 is served, more is capped.',
    evidence: "pb/CIM.List.proto, docs/02 vs logic/rpcserver/logic_rpc_server_list.go",
    axes: ["kind", "transport"],
    byHand: {
      width: ["above-hundred-4294967295"],
    },
    without: {
      time: "HIST-05/pages reads the whole history page by page, at once, after a login and after a restart.",
      concurrency: "It is about reading what is stored; a history that two write at the same moment is HIST-05.",
    },
  },
  "HIST-07": {
    level: "must",
    status: "I",
    text: "`limit_count` = 0 gives an empty list (answered).",
    evidence: "logic/dao/message.go",
    axes: ["kind", "transport"],
    without: {
      time: "It is about the answer's own fields, which echo the request.",
      width: "The numbers of a request are HIST-01, HIST-02, HIST-06 and HIST-11, which have every width.",
      concurrency: "It is about reading what is stored; a history that two write at the same moment is HIST-05.",
    },
  },
  "HIST-08": {
    level: "must",
    status: "I",
    text: "Each `CIMMsgInfo`: `client_msg_id`, `server_msg_id`, `msg_res_code` 1, `msg_feature` 0, `session_type` of the request, `from_user_id`, `to_session_id`, `create_time` (seconds), `msg_type`, `msg_status` 0, `msg_data`, `attach` empty, `sender_client_type` 0.",
    evidence: "logic/rpcserver/logic_rpc_server_list.go",
    axes: ["kind", "transport"],
    without: {
      time: "SYS-01/all-that-clients-see compares every field of the rows of a group and of a one-to-one conversation before and after a restart.",
      width: "The numbers of a request are HIST-01, HIST-02, HIST-06 and HIST-11, which have every width.",
      concurrency: "It is about reading what is stored; a history that two write at the same moment is HIST-05.",
    },
  },
  "HIST-09": {
    level: "must",
    status: "I",
    text: "`to_session_id` in history is the `session_id` of the request for every row, whoever sent it (unlike in pushes, where it is the receiver). Clients tell direction by `from_user_id`. Keep for compatibility.",
    evidence: "logic/rpcserver/logic_rpc_server_list.go",
    axes: ["transport"],
    byHand: {
      kind: ["to-session-id", "of-a-group"],
    },
    without: {
      time: "It is about the answer's own fields, which echo the request.",
      width: "The numbers of a request are HIST-01, HIST-02, HIST-06 and HIST-11, which have every width.",
      concurrency: "It is about reading what is stored; a history that two write at the same moment is HIST-05.",
    },
  },
  "HIST-10": {
    level: "must",
    status: "I",
    text: "`create_time` in history equals the ack's `create_time`, with 1 s tolerance (the Go server stamps store time and ack time separately).",
    evidence: "gate/conn_tcp.go, logic/dao/message.go",
    axes: ["kind", "transport"],
    without: {
      time: "SYS-01/all-that-clients-see compares every field of the rows of a group and of a one-to-one conversation before and after a restart.",
      width: "The numbers of a request are HIST-01, HIST-02, HIST-06 and HIST-11, which have every width.",
      concurrency: "It is about reading what is stored; a history that two write at the same moment is HIST-05.",
    },
  },
  "HIST-11": {
    level: "must",
    status: "imp",
    capability: "access-control",
    text: 'Self may read only conversations Self takes part in: one-to-one with Self as one side; groups of which Self is a member. For groups, messages from before joining or after leaving "may not be pulled" by the proto comment; a server MUST refuse (or return empty to) non-members, MAY also hide what was sent before joining. The Go server checks nothing.',
    evidence: "pb/CIM.List.proto (comment on permission)",
    axes: ["kind", "transport", "width"],
    byHand: {
      time: ["group-after-leaving", "group-after-removal"],
    },
    without: {
      concurrency: "It is about reading what is stored; a history that two write at the same moment is HIST-05.",
    },
  },
  "HIST-12": {
    level: "may",
    status: "I",
    text: "`session_type` other than 1, 2: no answer upstream; MAY be an empty answer.",
    evidence: "logic/dao/message.go",
    axes: ["transport"],
    without: {
      kind: "The session type is what is wrong with the request.",
      time: "It is about the answer's own fields, which echo the request.",
      width: "The session type is what is wrong with the request; what becomes of it is free.",
      concurrency: "It is about reading what is stored; a history that two write at the same moment is HIST-05.",
    },
  },
  "HIST-13": {
    level: "should",
    status: "I / ours",
    capability: "notification-ids",
    text: "The group history contains the notification messages (type 9). In the Go server their `from_user_id` is the group id in history but 0 in the push, and `server_msg_id` is missing in the push. Recommended: push and history carry the same `server_msg_id` and `from_user_id` 0.",
    evidence: "logic/rpcserver/logic_rpc_server_group.go, logic/dao/message.go",
    axes: ["transport"],
    without: {
      kind: "Only groups have notifications.",
      time: "SYS-01/all-that-clients-see compares every field of the rows of a group and of a one-to-one conversation before and after a restart.",
      width: "The numbers of a request are HIST-01, HIST-02, HIST-06 and HIST-11, which have every width.",
      concurrency: "It is about reading what is stored; a history that two write at the same moment is HIST-05.",
    },
  },
  "HIST-14": {
    level: "must",
    status: "D",
    text: "A short page (fewer than asked) means the beginning is reached. A conversation without messages gives an empty page (answered).",
    evidence: "pb/CIM.List.proto",
    axes: ["kind", "transport"],
    without: {
      time: "HIST-05/pages reads the whole history page by page, at once, after a login and after a restart.",
      width: "The numbers of a request are HIST-01, HIST-02, HIST-06 and HIST-11, which have every width.",
      concurrency: "It is about reading what is stored; a history that two write at the same moment is HIST-05.",
    },
  },
} as const;

/** The rules of HIST. */
export const historySection: Section<keyof typeof rules> = defineSection(
  { id: "HIST", title: "History", chineseTitle: "历史消息", kind: "history" },
  rules,
);
