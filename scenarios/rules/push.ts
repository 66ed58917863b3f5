import type { Rule } from "./rule.ts";

/** Section PUSH of the rules: delivery. */
export const pushRules: readonly Rule[] = [
  {
    id: "PUSH-01",
    level: "must",
    status: "D/I",
    text: "A one-to-one message MUST be pushed (0x0301) at once to every connection of the receiver.",
  },
  {
    id: "PUSH-02",
    level: "must",
    status: "I",
    text: "The pushed `CIMMsgData` equals the sender's, except `create_time` (server's) and `server_msg_id` (assigned; MUST be filled and equal to the ack's and to history's).",
  },
  {
    id: "PUSH-03",
    level: "must",
    status: "D/I",
    text: "A group message MUST be pushed to every connection of every online member except the sender. Non-members MUST NOT receive it.",
  },
  {
    id: "PUSH-04",
    level: "must",
    status: "imp",
    capability: "multi-device",
    text: "The sender's other connections SHOULD receive the message as a push as well (multi-device), the sending connection MUST NOT. Clients are prepared: a one-to-one push whose `from_user_id` is Self belongs to the session `to_session_id`.",
  },
  {
    id: "PUSH-05",
    level: "must",
    status: "I",
    text: "Pushes of one conversation MUST reach each connection in the order of `server_msg_id` when they were sent over one connection.",
  },
  {
    id: "PUSH-06",
    level: "must",
    status: "D/I",
    text: "Offline receivers get nothing at the time; they find the message through the session list and history. Nothing is pushed on login.",
  },
  {
    id: "PUSH-07",
    level: "should",
    status: "I / ours",
    capability: "stored-nicknames",
    text: "`from_nick_name` SHOULD be the sender's stored nickname; the Go server passes on what the client sent.",
  },
];
