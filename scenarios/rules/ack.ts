import { defineSection, type Section } from "./section.ts";

const rules = {
  "ACK-01": {
    level: "must",
    status: "I",
    text: "A client confirms a pushed message with `CIMMsgDataAck` (0x0302): `from_user_id` = **the confirming user**, `to_session_id` = the sender (single) or the group (group), `client_msg_id` of the message, `session_type`; `server_msg_id` 0. The iOS client sends the message's sender as `to_session_id` also in groups; the server MUST accept both.",
    evidence: "server/app/demo/tcp_client.go, ios IMChatManager.swift, flutter message_business.dart",
    axes: ["transport"],
    byHand: {
      kind: ["confirmation-accepted", "both-forms-in-groups"],
    },
    without: {
      number: "It is about the connection that confirms.",
      concurrency: "A confirmation changes nothing that another could meet.",
    },
  },
  "ACK-02": {
    level: "must",
    status: "I",
    text: "The server MUST NOT answer it.",
    evidence: "gate/conn_tcp.go",
    axes: ["kind", "transport"],
    without: {
      number: "It is about the connection that confirms.",
      concurrency: "A confirmation changes nothing that another could meet.",
    },
  },
  "ACK-03": {
    level: "must",
    status: "I / D",
    text: "An unconfirmed push is dropped from the waiting list after 15 s; upstream only logs it. The server MUST keep the connection, MUST NOT resend over the same connection within that time, and MAY hand the message to another channel. The number of unconfirmed pushes has no limit.",
    evidence: "gate/user.go `kAckMsgTimeOut`, docs/02 §1.3.6 (5 s timer, then device push)",
    axes: ["kind", "transport"],
    byHand: {
      number: ["many-unconfirmed"],
    },
    without: {
      concurrency: "A confirmation changes nothing that another could meet.",
    },
  },
  "ACK-04": {
    level: "must",
    status: "ours",
    capability: "identity-checks",
    text: "Confirmations for unknown messages, repeated ones and ones in another user's name MUST have no effect and do no harm.",
    evidence: "gate/user.go",
    axes: ["kind", "transport"],
    without: {
      number: "It is about the connection that confirms.",
      concurrency: "A confirmation changes nothing that another could meet.",
    },
  },
  "ACK-05": {
    level: "may",
    status: "I",
    text: "Robot messages (type 7) are not tracked for confirmation.",
    evidence: "gate/user.go",
    unobservable: "tracking of confirmations is inside the server: nothing a client sees depends on it",
  },
} as const;

/** The rules of ACK. */
export const ackSection: Section<keyof typeof rules> = defineSection(
  { id: "ACK", title: "Client confirmation", chineseTitle: "客户端确认", kind: "delivery" },
  rules,
);
