import { defineSection, type Section } from "./section.ts";

const rules = {
  "PUSH-01": {
    level: "must",
    status: "D/I",
    text: "A one-to-one message MUST be pushed (0x0301) at once to **every** connection of the receiver. Their number has no limit.",
    evidence: "gate/user.go, docs/02 §1.3.6",
    axes: ["number", "transport"],
    numbers: {
      none: "Without a connection there is nothing to push to.",
      thousand: "One user's connections are asked for up to 65, by LOGIN-12.",
    },
    without: {
      kind: "Its twin for groups is PUSH-03.",
      concurrency: "It is about who gets a message and with which fields; what is pushed while two write is PUSH-05.",
    },
  },
  "PUSH-02": {
    level: "must",
    status: "I",
    text: "The pushed `CIMMsgData` equals the sender's, except `create_time` (server's) and `server_msg_id` (assigned; MUST be filled and equal to the ack's and to history's).",
    evidence: "gate/conn_tcp.go",
    axes: ["kind", "transport"],
    without: {
      number: "It is about what one connection gets; that all get the same is PUSH-01, PUSH-03 and PUSH-04.",
      concurrency: "It is about who gets a message and with which fields; what is pushed while two write is PUSH-05.",
    },
  },
  "PUSH-03": {
    level: "must",
    status: "D/I",
    text: "A group message MUST be pushed to every connection of every online member except the sender. Non-members MUST NOT receive it. Neither the number of members within the limit of GROUP-09 nor that of a member's connections matters.",
    evidence: "gate/conn_tcp.go, docs/07 steps 11–15",
    axes: ["number", "position", "role", "transport"],
    numbers: {
      none: "A group has its owner at least.",
      thousand:
        "A group has 200 members at most (GROUP-09), and one user's connections are asked for up to 65, by LOGIN-12.",
    },
    without: {
      kind: "Its twin for one-to-one sessions is PUSH-01.",
      concurrency: "It is about who gets a message and with which fields; what is pushed while two write is PUSH-05.",
    },
  },
  "PUSH-04": {
    level: "must",
    status: "imp",
    capability: "multi-device",
    text: "The sender's **other** connections SHOULD receive the message as a push as well (multi-device), the sending connection MUST NOT. Clients are prepared: a one-to-one push whose `from_user_id` is Self belongs to the session `to_session_id`.",
    evidence: "docs/07 step 10, flutter im_manager.dart, docs/01-产品介绍.md (0.4)",
    axes: ["kind", "number", "transport"],
    numbers: {
      none: "Who sends has a connection.",
      thousand: "One user's connections are asked for up to 65, by LOGIN-12.",
    },
    without: {
      concurrency: "It is about who gets a message and with which fields; what is pushed while two write is PUSH-05.",
    },
  },
  "PUSH-05": {
    level: "must",
    status: "I",
    text: "Pushes of one conversation MUST reach each connection in the order of `server_msg_id` when they were sent over one connection.",
    evidence: "gate/conn_tcp.go",
    axes: ["concurrency", "kind", "transport"],
    without: {
      number: "It is about what one connection gets; that all get the same is PUSH-01, PUSH-03 and PUSH-04.",
    },
  },
  "PUSH-06": {
    level: "must",
    status: "D/I",
    text: "Offline receivers get nothing at the time; they find the message through the session list and history. Nothing is pushed on login.",
    evidence: "docs/02 §1.3.8",
    axes: ["kind", "transport"],
    without: {
      number: "The user who logs in has been away, so that there is one connection, the one that comes.",
      concurrency: "It is about who gets a message and with which fields; what is pushed while two write is PUSH-05.",
    },
  },
  "PUSH-07": {
    level: "should",
    status: "I / ours",
    capability: "stored-nicknames",
    text: "`from_nick_name` SHOULD be the sender's stored nickname; the Go server passes on what the client sent. What becomes of one of more than 32 characters is free.",
    evidence: "gate/conn_tcp.go",
    axes: ["kind", "transport"],
    without: {
      number: "It is about what one connection gets; that all get the same is PUSH-01, PUSH-03 and PUSH-04.",
      concurrency: "It is about who gets a message and with which fields; what is pushed while two write is PUSH-05.",
    },
  },
} as const;

/** The rules of PUSH. */
export const pushSection: Section<keyof typeof rules> = defineSection(
  { id: "PUSH", title: "Delivery", chineseTitle: "送达", kind: "delivery" },
  rules,
);
