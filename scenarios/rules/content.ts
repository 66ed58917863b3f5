import { defineSection, type Section } from "./section.ts";

const rules = {
  "CONTENT-01": {
    level: "must",
    status: "D/I",
    subject: "1 TEXT",
    text: "UTF-8 text, not JSON",
    evidence: "ios, flutter, demo",
    without: {
      kind: "The server does not look at what clients write; MSG-14 sends every content in both kinds of session.",
      content: "The server does not look at what clients write; MSG-14 sends every content in both kinds of session.",
    },
  },
  "CONTENT-02": {
    level: "must",
    status: "D",
    subject: "2 FILE",
    text: "JSON object, all values strings: `md5`, `size` (bytes), `url`, `displayName`, `fileExtension`, `icoThumbUrl`",
    evidence: "pb/CIM.Def.proto, docs/02",
    without: {
      kind: "The server does not look at what clients write; MSG-14 sends every content in both kinds of session.",
      content: "The server does not look at what clients write; MSG-14 sends every content in both kinds of session.",
    },
  },
  "CONTENT-03": {
    level: "must",
    status: "D",
    subject: "4 AUDIO",
    text: "as FILE without `icoThumbUrl`, plus `duration` (seconds, string)",
    evidence: "same",
    without: {
      kind: "The server does not look at what clients write; MSG-14 sends every content in both kinds of session.",
      content: "The server does not look at what clients write; MSG-14 sends every content in both kinds of session.",
    },
  },
  "CONTENT-04": {
    level: "must",
    status: "D",
    subject: "5 VIDEO",
    text: "as AUDIO plus `width`, `height` (pixels, strings), `thumbUrl`",
    evidence: "same",
    without: {
      kind: "The server does not look at what clients write; MSG-14 sends every content in both kinds of session.",
      content: "The server does not look at what clients write; MSG-14 sends every content in both kinds of session.",
    },
  },
  "CONTENT-05": {
    level: "must",
    status: "D",
    subject: "6 LOCATION",
    text: "JSON, strings: `latitude`, `longitude`, `coordinate` (`WGS84`, `GCJ02`, `BD09` …), `address`, `poi`",
    evidence: "same",
    without: {
      kind: "The server does not look at what clients write; MSG-14 sends every content in both kinds of session.",
      content: "The server does not look at what clients write; MSG-14 sends every content in both kinds of session.",
    },
  },
  "CONTENT-06": {
    level: "must",
    status: "D/I",
    subject: "7 ROBOT",
    text: 'answer: `{"body":"<question>","content":{"type":"text","content":"<answer>"}}`. To the robot: plain text (type 1); an older form wraps it as `{"body":"…"}`',
    evidence: "gate/robot_client.go, docs/02, ios IMMsgParser.swift",
    byHand: {
      content: ["question-in-any-text"],
    },
    without: {
      kind: "Robots are spoken to one-to-one only.",
    },
  },
  "CONTENT-07": {
    level: "must",
    status: "I",
    subject: "9 NOTIFICATION",
    text: '`{"notificationType":<number>,"data":{…}}`. The proto comment names the key `notificationId`; code and iOS client use `notificationType` as a JSON number: use that',
    evidence: "logic/dao/message.go, ios IMMsgParser.swift",
    kind: "announcements",
    without: {
      role: "It is about the content of notifications; who gets them is GROUP-08 to GROUP-28.",
      transport: "A message holds the same bytes over every transport: MSG-14 and PUSH-02.",
    },
  },
  "CONTENT-08": {
    level: "must",
    status: "I",
    subject: "10 AVCHAT",
    text: '`{"hangup_user_id":<n>,"hangup_reason":<CIMVoipByeReason>,"time_len":<seconds>,"call_type":<CIMVoipInviteType>}`, all numbers. The proto comment has camelCase keys; code and Flutter client use these: use these. `time_len` is the `local_call_time_len` of the bye',
    evidence: "gate/conn_tcp_voip.go, flutter im_manager.dart",
    kind: "calls",
    axes: ["side", "width"],
    without: {
      transport: "A message holds the same bytes over every transport: MSG-14 and PUSH-02.",
      concurrency: "Both sides can do the same at the same moment only when they hang up: VOIP-11 and VOIP-12.",
    },
  },
  "CONTENT-09": {
    level: "must",
    status: "ours",
    capability: "content-fidelity",
    subject: "3 IMAGE",
    text: "not specified upstream; treat like FILE with `thumbUrl`, `width`, `height`",
    without: {
      kind: "The server does not look at what clients write; MSG-14 sends every content in both kinds of session.",
      content: "The server does not look at what clients write; MSG-14 sends every content in both kinds of session.",
    },
  },
  "CONTENT-10": {
    level: "must",
    status: "D",
    subject: "8 TIPS",
    text: "text of a hint line; not specified further",
    evidence: "pb/CIM.Def.proto",
    without: {
      kind: "The server does not look at what clients write; MSG-14 sends every content in both kinds of session.",
      content: "The server does not look at what clients write; MSG-14 sends every content in both kinds of session.",
    },
  },
} as const;

/** The rules of CONTENT. */
export const contentSection: Section<keyof typeof rules> = defineSection(
  { id: "CONTENT", title: "Message content", chineseTitle: "消息内容", kind: "content", columns: ["type", "content"] },
  rules,
);
