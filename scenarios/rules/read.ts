import { defineSection, type Section } from "./section.ts";

const rules = {
  "READ-01": {
    level: "must",
    status: "D/I",
    text: "`CIMMsgDataReadAck` (0x0303): Self has read session `session_id` up to `msg_id`. There is no answer to the reader. A receipt for a session that does not exist, or with another `session_type` than 1 and 2, has no effect.",
    evidence: "gate/conn_tcp.go, pb/CIM.Message.proto",
    axes: ["kind", "transport", "width"],
    without: {
      time: "It is about what comes back at once.",
      concurrency: "It is about one receipt; receipts that meet are READ-03.",
    },
  },
  "READ-02": {
    level: "must",
    status: "D/I",
    text: "`msg_id` 0 means the whole session: the unread count becomes 0. This is what real clients send.",
    evidence: "flutter session_business.dart, ios IMConversationManager.swift",
    axes: ["kind", "transport"],
    without: {
      time: "What was read stays read after a login and a restart: READ-03 and UNREAD-06.",
      width: "It is about msg_id 0.",
      concurrency: "It is about one receipt; receipts that meet are READ-03.",
    },
  },
  "READ-03": {
    level: "must",
    status: "imp",
    capability: "read-position",
    text: '`msg_id` > 0: messages up to and including this id are read, later ones stay unread. (Proto wording: "all messages before this id"; inclusive is recommended, because clients send the newest id they have seen.) The Go server always clears all. An id beyond the newest reads all that is there, and nothing that comes later.',
    evidence: "pb/CIM.Message.proto, flutter session_business.dart",
    axes: ["concurrency", "kind", "number", "time", "transport", "width"],
    numbers: {
      none: "Its receipt names a message, so that there is one.",
    },
  },
  "READ-04": {
    level: "must",
    status: "D/I",
    text: "One-to-one: the server MUST push `CIMMsgDataReadNotify` (0x0304) to every connection of the peer: `user_id` = reader, `msg_id` and `session_type` as received. Their number has no limit.",
    evidence: "gate/conn_tcp.go, pb/CIM.Message.proto",
    kind: "delivery",
    axes: ["number", "transport", "width"],
    numbers: {
      none: "Who has no connection is told nothing.",
      thousand: "One user's connections are asked for up to 65, by LOGIN-12.",
    },
    without: {
      kind: "That nobody is told of receipts in groups is READ-06.",
      concurrency: "It is about who is told of one receipt; receipts that meet are READ-03.",
    },
  },
  "READ-05": {
    level: "should",
    status: "I",
    text: "`session_id` of the notify: the Go server copies the ack's value, i.e. the **receiver's own id**. From the receiver's point of view the session is the reader's id. Recommended: copy as upstream does (wire compatibility); clients should use `user_id`.",
    evidence: "gate/conn_tcp.go",
    axes: ["transport"],
    without: {
      kind: "It is about a field of the notify, which is sent one-to-one only and at once.",
      time: "It is about a field of the notify, which is sent one-to-one only and at once.",
      width: "The session_id of the notify is the receiver's own id, which no client chooses; the msg_id is READ-04.",
      concurrency: "It is about one receipt; receipts that meet are READ-03.",
    },
  },
  "READ-06": {
    level: "must",
    status: "imp",
    capability: "private-read-state",
    text: "Group: the reader's unread count is cleared, **no** notify is sent (group receipts do not exist; the rocketmq branch says so and limits the notify to single sessions). In particular a user whose id equals the group id MUST NOT get one.",
    evidence: "rocketmq branch server/src/internal/logic/rpcserver/logic_rpc_server_message.go",
    axes: ["transport"],
    without: {
      kind: "It is about groups.",
      time: "It is about what is sent at once.",
      width: "Nothing is sent, whatever the receipt says; msg_ids of every width in groups are READ-03.",
      concurrency: "It is about one receipt; receipts that meet are READ-03.",
    },
  },
  "READ-07": {
    level: "must",
    status: "imp",
    capability: "private-read-state",
    text: "A read ack MUST affect only the reader's own counter: never the counters of others.",
    evidence: "logic/dao/unread.go (intent of the total/offset scheme), docs/07",
    axes: ["transport"],
    without: {
      kind: "A receipt one-to-one is about the reader's own counter, and the other side's is UNREAD-01; in groups others have counters of the same session.",
      time: "What was read stays read after a login and a restart: READ-03 and UNREAD-06.",
      width: "Whose counter is meant does not hang on the msg_id, which READ-03 has in every width.",
      concurrency: "It is about one receipt; receipts that meet are READ-03.",
    },
  },
  "READ-08": {
    level: "may",
    status: "ours",
    capability: "multi-device",
    text: "The reader's other connections MAY get the notify (multi-device); not done upstream.",
    evidence: "docs/01-产品介绍.md, docs/05-进度计划.md",
    kind: "delivery",
    axes: ["transport"],
    without: {
      kind: "That nobody is told of receipts in groups is READ-06.",
      number: "It is a permission: its case says which connections were told and fails for none.",
      concurrency: "It is about who is told of one receipt; receipts that meet are READ-03.",
    },
  },
  "READ-09": {
    level: "must",
    status: "ours",
    capability: "private-read-state",
    text: "A receipt for a one-to-one conversation without messages MUST NOT be passed on: nobody hears of readers to whom they never wrote, and who never wrote to them.",
    evidence: "–",
    axes: ["transport"],
    without: {
      kind: "It is about one-to-one conversations that do not exist yet.",
      time: "It is about one-to-one conversations that do not exist yet.",
      width: "Receipts for sessions with larger ids are READ-01.",
      concurrency: "It is about one receipt; receipts that meet are READ-03.",
    },
  },
} as const;

/** The rules of READ. */
export const readSection: Section<keyof typeof rules> = defineSection(
  { id: "READ", title: "Read receipts", chineseTitle: "已读回执", kind: "reading" },
  rules,
);
