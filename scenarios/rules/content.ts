import type { Rule } from "./rule.ts";

/** Section CONTENT of the rules: message content. */
export const contentRules: readonly Rule[] = [
  {
    id: "CONTENT-01",
    level: "must",
    status: "D/I",
    text: "1 TEXT: UTF-8 text, not JSON",
  },
  {
    id: "CONTENT-02",
    level: "must",
    status: "D",
    text: "2 FILE: JSON object, all values strings: `md5`, `size` (bytes), `url`, `displayName`, `fileExtension`, `icoThumbUrl`",
  },
  {
    id: "CONTENT-03",
    level: "must",
    status: "D",
    text: "4 AUDIO: as FILE without `icoThumbUrl`, plus `duration` (seconds, string)",
  },
  {
    id: "CONTENT-04",
    level: "must",
    status: "D",
    text: "5 VIDEO: as AUDIO plus `width`, `height` (pixels, strings), `thumbUrl`",
  },
  {
    id: "CONTENT-05",
    level: "must",
    status: "D",
    text: "6 LOCATION: JSON, strings: `latitude`, `longitude`, `coordinate` (`WGS84`, `GCJ02`, `BD09` …), `address`, `poi`",
  },
  {
    id: "CONTENT-06",
    level: "must",
    status: "D/I",
    text: '7 ROBOT: answer: `{"body":"<question>","content":{"type":"text","content":"<answer>"}}`. To the robot: plain text (type 1); an older form wraps it as `{"body":"…"}`',
  },
  {
    id: "CONTENT-07",
    level: "must",
    status: "I",
    text: '9 NOTIFICATION: `{"notificationType":<number>,"data":{…}}`. The proto comment names the key `notificationId`; code and iOS client use `notificationType` as a JSON number: use that',
  },
  {
    id: "CONTENT-08",
    level: "must",
    status: "I",
    text: '10 AVCHAT: `{"hangup_user_id":<n>,"hangup_reason":<CIMVoipByeReason>,"time_len":<seconds>,"call_type":<CIMVoipInviteType>}`, all numbers. The proto comment has camelCase keys; code and Flutter client use these: use these. `time_len` is the `local_call_time_len` of the bye',
  },
  {
    id: "CONTENT-09",
    level: "must",
    status: "ours",
    capability: "content-fidelity",
    text: "3 IMAGE: not specified upstream; treat like FILE with `thumbUrl`, `width`, `height`",
  },
  {
    id: "CONTENT-10",
    level: "must",
    status: "D",
    text: "8 TIPS: text of a hint line; not specified further",
  },
];
