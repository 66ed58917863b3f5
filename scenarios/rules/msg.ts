import { defineSection, type Section } from "./section.ts";

const rules = {
  "MSG-01": {
    level: "must",
    status: "D/I",
    text: "A client sends `CIMMsgData` (0x0301) with `from_user_id` (Self), `to_session_id`, `client_msg_id` (UUID), `msg_type`, `session_type`, `msg_data`; `server_msg_id` is 0; `from_nick_name` is its display name.",
    evidence: "pb/CIM.Message.proto, ios IMChatManager.swift",
    axes: ["kind", "transport"],
    without: {
      width: "The numbers that a client gives are the ids of users, which MSG-21 has in every width.",
      concurrency: "It is about what becomes of one message; messages that meet are MSG-05, MSG-18 and SYS-02.",
    },
  },
  "MSG-02": {
    level: "must",
    status: "D/I",
    text: "The server MUST overwrite `create_time` with its own clock (Unix seconds); the client's value is not used.",
    evidence: "gate/conn_tcp.go, docs/07 step 2",
    axes: ["kind", "transport"],
    byHand: {
      width: ["in-either-kind"],
    },
    without: {
      concurrency: "It is about what becomes of one message; messages that meet are MSG-05, MSG-18 and SYS-02.",
    },
  },
  "MSG-03": {
    level: "must",
    status: "D/I",
    text: "The server MUST store the message before it acknowledges it, and MUST acknowledge before or independently of delivery to the receiver.",
    evidence: "docs/02 §1.3.6, gate/conn_tcp.go",
    axes: ["kind", "transport"],
    without: {
      width: "The numbers that a client gives are the ids of users, which MSG-21 has in every width.",
      concurrency: "It is about what becomes of one message; messages that meet are MSG-05, MSG-18 and SYS-02.",
    },
  },
  "MSG-04": {
    level: "must",
    status: "D/I",
    text: "The answer is `CIMMsgDataAck` (0x0302): `from_user_id`, `to_session_id`, `client_msg_id`, `session_type` echoed, `server_msg_id` as assigned, `res_code` 1 (OK), `create_time` equal to the stamped time.",
    evidence: "logic/rpcserver/logic_rpc_server_message.go",
    axes: ["kind", "time", "transport"],
    without: {
      width: "The numbers that a client gives are the ids of users, which MSG-21 has in every width.",
      concurrency: "It is about what becomes of one message; messages that meet are MSG-05, MSG-18 and SYS-02.",
    },
  },
  "MSG-05": {
    level: "must",
    status: "D/I",
    text: "`server_msg_id` MUST grow strictly within a conversation. One counter per unordered pair of users, shared by both directions, and one counter per group; both start at 1. Distinct messages never share an id in a conversation.",
    evidence: "docs/04, logic/dao/message.go",
    axes: ["kind", "transport"],
    byHand: {
      concurrency: ["no-id-twice-under-concurrency"],
    },
    without: {
      width: "The server gives these ids one by one, so that no case gets to large ones.",
    },
  },
  "MSG-06": {
    level: "must",
    status: "I",
    text: "Ids SHOULD have no gaps under normal use; clients MUST NOT rely on it.",
    evidence: "logic/dao/message.go",
    axes: ["kind", "transport"],
    without: {
      width: "The server gives these ids one by one, so that no case gets to large ones.",
      concurrency: "What two write at the same moment may have gaps; that no id is given twice is MSG-05.",
    },
  },
  "MSG-07": {
    level: "must",
    status: "imp",
    capability: "deduplication",
    text: "De-duplication: when a sender sends the same `client_msg_id` again (e.g. the ack was lost) the server MUST NOT store a second message, MUST answer with an ack carrying the **first** `server_msg_id`, MUST NOT raise unread counters again, and SHOULD NOT push again. Scope: the same sender (upstream looks in the sender's message table). It does not matter how many messages or how much time lie between, nor whether the connection or the server's process is another one since.",
    evidence: "docs/04 (repetition), logic/dao/message.go (duplicate check)",
    kind: "resends",
    axes: ["concurrency", "kind", "number", "time", "transport"],
    numbers: {
      none: "It is sent again, so that it was sent.",
    },
  },
  "MSG-08": {
    level: "must",
    status: "ours",
    capability: "deduplication",
    text: "Two different senders using the same `client_msg_id` MUST both be stored.",
    evidence: "logic/dao/message.go",
    kind: "resends",
    axes: ["concurrency", "time", "transport"],
    byHand: {
      kind: ["same-id-from-two-senders", "same-id-in-a-group"],
    },
    without: {
      number: "Two senders are what it is about; how many messages lie between is MSG-07.",
    },
  },
  "MSG-09": {
    level: "must",
    status: "I",
    text: "A message to oneself (`from_user_id` = `to_session_id` with `session_type` 1) MUST be ignored: not stored, no ack.",
    evidence: "gate/conn_tcp.go, logic/rpcserver/logic_rpc_server_message.go",
    axes: ["transport"],
    without: {
      kind: "It is about one-to-one sessions alone, as MSG-10 says.",
      width: "The numbers that a client gives are the ids of users, which MSG-21 has in every width.",
      concurrency: "It is about what becomes of one message; messages that meet are MSG-05, MSG-18 and SYS-02.",
    },
  },
  "MSG-10": {
    level: "must",
    status: "ours",
    capability: "separate-id-spaces",
    text: "MSG-09 concerns one-to-one sessions only. A user id and a group id may be the same number; the message to the group is then legal.",
    without: {
      kind: "It is about the group whose number is the sender's own.",
      transport:
        "Its scene needs a user and a group of the same number, which only the first cases of a run can have, and few of them.",
      width: "The numbers that a client gives are the ids of users, which MSG-21 has in every width.",
      concurrency: "It is about what becomes of one message; messages that meet are MSG-05, MSG-18 and SYS-02.",
    },
  },
  "MSG-11": {
    level: "must",
    status: "I",
    text: "`session_type` other than 1 and 2 MUST be refused: not stored, no ack with `res_code` 1.",
    evidence: "logic/dao/message.go",
    axes: ["transport"],
    byHand: {
      width: ["session-type-2147483647"],
    },
    without: {
      kind: "The session type is what is wrong with the message.",
      concurrency: "It is about what becomes of one message; messages that meet are MSG-05, MSG-18 and SYS-02.",
    },
  },
  "MSG-12": {
    level: "must",
    status: "imp",
    capability: "message-type-checks",
    text: '`msg_type` 0 MUST NOT be accepted from a client ("local use, do not send"). `msg_type` 9 (NOTIFICATION) is made by the server only and MUST be refused from clients. Types above 10 MAY be taken or refused (cleanly, MSG-13).',
    evidence: "pb/CIM.Def.proto",
    axes: ["kind", "role", "transport"],
    without: {
      width: "Types beyond the known ones may be taken or refused.",
      concurrency: "It is about what becomes of one message; messages that meet are MSG-05, MSG-18 and SYS-02.",
    },
  },
  "MSG-13": {
    level: "must",
    status: "I / ours",
    text: "Refused messages: the Go server stays silent, the client then times out (10 s). A server MAY answer with an ack whose `res_code` is not 1; it MUST NOT send `res_code` 1.",
    evidence: "gate/conn_tcp.go, flutter message_business.dart",
    axes: ["kind", "transport"],
    without: {
      width: "The numbers that a client gives are the ids of users, which MSG-21 has in every width.",
      concurrency: "It is about what becomes of one message; messages that meet are MSG-05, MSG-18 and SYS-02.",
    },
  },
  "MSG-14": {
    level: "must",
    status: "imp",
    capability: "content-fidelity",
    text: "`msg_data` MUST be delivered and returned in history byte for byte, whatever it contains: quotes, backslashes, percent signs, question marks, semicolons, newlines, NUL, emoji and 4-byte UTF-8, JSON with escapes.",
    evidence: "pb/CIM.Message.proto (`bytes`)",
    kind: "content",
    axes: ["content", "kind"],
  },
  "MSG-15": {
    level: "must",
    status: "imp",
    capability: "content-fidelity",
    text: "`msg_data` that is not valid UTF-8 SHOULD be treated likewise; a server that only stores text MUST refuse it cleanly (MSG-13) and keep working.",
    evidence: "pb/CIM.Message.proto (`bytes`), server/setup/mysql/init/cim.sql",
    kind: "content",
    axes: ["kind", "transport"],
    without: {
      content: "It is about bytes that are no text at all.",
    },
  },
  "MSG-16": {
    level: "must",
    status: "I limit",
    text: "Content of up to 2048 characters MUST be accepted; longer content MAY be refused (cleanly, MSG-13) but MUST NOT be cut silently. Empty content MAY be taken or refused. A server MAY state how many bytes it takes (at least 8192): it MUST then take so many, and refuse more.",
    evidence: "server/setup/mysql/init/cim.sql",
    kind: "content",
    axes: ["content", "kind", "time", "transport"],
  },
  "MSG-17": {
    level: "must",
    status: "I / ours",
    text: "`client_msg_id` of up to 64 characters MUST be accepted. An empty `client_msg_id` SHOULD be refused. A longer one MAY be refused (cleanly, MSG-13).",
    evidence: "server/setup/mysql/init/cim.sql, pb/CIM.Message.proto",
    axes: ["kind", "transport"],
    without: {
      width: "The numbers that a client gives are the ids of users, which MSG-21 has in every width.",
      concurrency: "It is about what becomes of one message; messages that meet are MSG-05, MSG-18 and SYS-02.",
    },
  },
  "MSG-18": {
    level: "must",
    status: "D/I, last sentence ours",
    text: "A one-to-one message creates the session for **both** users when it does not exist yet; otherwise it sets both sessions' update time to now. First messages sent by both sides at the same moment MUST both succeed and leave one session per side.",
    evidence: "logic/dao/message.go, server/api/message.puml",
    axes: ["transport"],
    byHand: {
      concurrency: ["first-messages-at-once"],
    },
    without: {
      kind: "Sessions of groups are made with the membership: SESS-08 and SESS-09.",
      width: "The numbers that a client gives are the ids of users, which MSG-21 has in every width.",
    },
  },
  "MSG-19": {
    level: "must",
    status: "I",
    text: "The receiver need not be online, nor ever have logged in. Whether the receiver exists is not checked upstream (accounts may live elsewhere). The receiver 0 MAY be refused.",
    evidence: "logic/dao/group_member.go (comment), docs/02 §1.3.1",
    axes: ["transport"],
    without: {
      kind: "It is about a receiver who is a user; who may write to a group is GROUP-32.",
      width: "The numbers that a client gives are the ids of users, which MSG-21 has in every width.",
      concurrency: "It is about what becomes of one message; messages that meet are MSG-05, MSG-18 and SYS-02.",
    },
  },
  "MSG-20": {
    level: "must",
    status: "ours",
    capability: "clean-refusals",
    text: "A failed or refused message MUST leave no trace: session lists, history, unread counters and later messages of the conversation behave as if it had not been sent.",
    axes: ["kind", "number", "role", "time", "transport"],
    numbers: {
      none: "It was refused once at least.",
      thousand: "How often it was refused changes nothing that the second time does not.",
    },
    without: {
      width: "The numbers that a client gives are the ids of users, which MSG-21 has in every width.",
      concurrency: "It is about what becomes of one message; messages that meet are MSG-05, MSG-18 and SYS-02.",
    },
  },
  "MSG-21": {
    level: "must",
    status: "I / ours",
    capability: "large-ids",
    text: "Ids up to 2^53−1 SHOULD work for users and groups; at least 32-bit ids MUST work (robots use ids above 2·10^9). Larger ids MAY be refused.",
    evidence: "server/pkg/def/robot.go",
    axes: ["transport", "width"],
    without: {
      kind: "Ids of groups are made by the server, so that no client can ask for a large one.",
      concurrency: "It is about what becomes of one message; messages that meet are MSG-05, MSG-18 and SYS-02.",
    },
  },
} as const;

/** The rules of MSG. */
export const msgSection: Section<keyof typeof rules> = defineSection(
  { id: "MSG", title: "Sending messages", chineseTitle: "发送消息", kind: "messages" },
  rules,
);
