import { defineSection, type Section } from "./section.ts";

const rules = {
  "MSGID-01": {
    level: "must",
    status: "imp",
    capability: "message-lookup",
    text: "0x0305 → 0x0306: `user_id`, `session_type`, `session_id` echoed, `latest_msg_id` = `client_msg_id` of the newest message of the conversation; empty when there is none. For another `session_type` than 1 and 2 the answer MAY be empty or missing.",
    axes: ["kind", "time", "transport"],
    without: {
      width: "The only number of the request is the session's id, which MSGID-04 has in every width.",
      concurrency: "It is about reading what is stored; a history that two write at the same moment is HIST-05.",
    },
  },
  "MSGID-02": {
    level: "must",
    status: "imp",
    capability: "message-lookup",
    text: "0x0307 → 0x0308: returns the messages of the conversation whose `client_msg_id` is in `msg_id_list`; unknown ids are left out; `CIMMsgInfo` as in HIST-08. Order: ascending `server_msg_id` [ours]. An id that is named twice gives one message, an empty list an empty answer.",
    axes: ["kind", "time", "transport"],
    without: {
      width: "The only number of the request is the session's id, which MSGID-04 has in every width.",
      concurrency: "It is about reading what is stored; a history that two write at the same moment is HIST-05.",
    },
  },
  "MSGID-03": {
    level: "must",
    status: "imp",
    capability: "message-lookup",
    text: "At most 20 ids per request; more: only the first 20 are looked up, or the request is refused.",
    axes: ["transport"],
    without: {
      kind: "The limit is one of the request and not of the conversation.",
      time: "It is about how many ids a request may hold.",
      width: "The only number of the request is the session's id, which MSGID-04 has in every width.",
      concurrency: "It is about reading what is stored; a history that two write at the same moment is HIST-05.",
    },
  },
  "MSGID-04": {
    level: "must",
    status: "ours",
    capability: "access-control",
    text: "Access as in HIST-11.",
    axes: ["kind", "transport", "width"],
    byHand: {
      time: ["group-after-exit", "group-after-removal"],
    },
    without: {
      concurrency: "It is about reading what is stored; a history that two write at the same moment is HIST-05.",
    },
  },
} as const;

/** The rules of MSGID. */
export const messageIdSection: Section<keyof typeof rules> = defineSection(
  {
    id: "MSGID",
    title: "Latest id and messages by id",
    chineseTitle: "最新消息 ID 与按 ID 取消息",
    kind: "history",
    capability: "message-lookup",
  },
  rules,
);
