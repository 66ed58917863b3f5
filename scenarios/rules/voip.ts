import { defineSection, type Section } from "./section.ts";

const rules = {
  "VOIP-01": {
    level: "must",
    status: "I",
    text: "Invite: `creator_user_id` = Self (not 0), exactly one user in `invite_user_list`, `invite_type` 1 or 2. With none, with more than one, or with creator 0: ignored without an answer. (A proto comment says the list is not needed one-to-one; code and clients set it.) Whether the called user exists is not checked: one who does not is offline (VOIP-05). An invitation of oneself, of user 0 or with another `invite_type` MAY be ignored as well.",
    evidence: "gate/conn_tcp_voip.go",
    axes: ["transport", "width"],
    without: {
      side: "It is about the invitation, which the caller alone sends.",
      concurrency:
        "Both sides can do the same at the same moment when they call (VOIP-18) or hang up (VOIP-11, VOIP-12).",
    },
  },
  "VOIP-02": {
    level: "must",
    status: "D/I",
    text: "The server answers 0x0402 with `user_id` 0, `rsp_code` 100 and `channel_info` (`channel_name`, `channel_token`, `creator_id` = caller), echoing `seq_num`.",
    evidence: "gate/conn_tcp_voip.go",
    axes: ["transport"],
    without: {
      side: "It is about the invitation, which the caller alone sends.",
      width: "Ids of every width are VOIP-01 and VOIP-09, and the length of a call is CONTENT-08.",
      concurrency:
        "Both sides can do the same at the same moment when they call (VOIP-18) or hang up (VOIP-11, VOIP-12).",
    },
  },
  "VOIP-03": {
    level: "must",
    status: "I / ours",
    text: "`channel_name` MUST be non-empty and equal in all messages of the call. Upstream: `021-` + called user's id, token empty. Unique per call is recommended.",
    evidence: "gate/voip/manager.go",
    axes: ["phase", "side", "transport"],
    without: {
      width: "Ids of every width are VOIP-01 and VOIP-09, and the length of a call is CONTENT-08.",
      concurrency:
        "Both sides can do the same at the same moment when they call (VOIP-18) or hang up (VOIP-11, VOIP-12).",
    },
  },
  "VOIP-04": {
    level: "must",
    status: "D/I",
    text: "The invitation, with `channel_info` filled in, is pushed (0x0401) to every connection of the called user.",
    evidence: "gate/conn_tcp_voip.go",
    axes: ["number", "transport"],
    numbers: {
      none: "A call to somebody without a connection is VOIP-05.",
      thousand: "One user's connections are asked for up to 65, by LOGIN-12.",
    },
    without: {
      side: "It is about what an invitation does, which the caller alone sends.",
      width: "Ids of every width are VOIP-01 and VOIP-09, and the length of a call is CONTENT-08.",
      concurrency:
        "Both sides can do the same at the same moment when they call (VOIP-18) or hang up (VOIP-11, VOIP-12).",
    },
  },
  "VOIP-05": {
    level: "must",
    status: "I / ours",
    text: "Called user offline: upstream answers 100 and then nothing. A server SHOULD end the attempt (0x0407 to the caller) at the latest after VOIP-13's time. In any case the caller MUST be able to call again later.",
    evidence: "gate/conn_tcp_voip.go",
    axes: ["transport"],
    without: {
      side: "Only the called user can be offline when a call begins.",
      width: "Ids of every width are VOIP-01 and VOIP-09, and the length of a call is CONTENT-08.",
      concurrency:
        "Both sides can do the same at the same moment when they call (VOIP-18) or hang up (VOIP-11, VOIP-12).",
    },
  },
  "VOIP-06": {
    level: "must",
    status: "I / imp",
    text: "The caller already has a call: the invitation is refused (upstream: silently). Called user busy: upstream does not check; a server SHOULD push 0x0407 with reason BUSY (4) to the caller.",
    evidence: "gate/conn_tcp_voip.go, pb/CIM.Def.proto",
    axes: ["transport"],
    without: {
      side: "It is about what an invitation does, which the caller alone sends.",
      width: "Ids of every width are VOIP-01 and VOIP-09, and the length of a call is CONTENT-08.",
      concurrency: "What may come of it when two call each other at the same moment is VOIP-18.",
    },
  },
  "VOIP-07": {
    level: "must",
    status: "D/I",
    text: "180 from the called user is forwarded unchanged to every connection of the caller. Unknown call: ignored.",
    evidence: "gate/conn_tcp_voip.go",
    axes: ["transport"],
    without: {
      side: "The called user alone replies to an invitation.",
      width: "Ids of every width are VOIP-01 and VOIP-09, and the length of a call is CONTENT-08.",
      concurrency:
        "Both sides can do the same at the same moment when they call (VOIP-18) or hang up (VOIP-11, VOIP-12).",
    },
  },
  "VOIP-08": {
    level: "must",
    status: "D/I",
    text: "200: the server sends 0x0403 with the channel to the answering connection (echo of `seq_num`) and forwards the 200 unchanged to every connection of the caller. `channel_info` of the 0x0403 SHOULD be complete; the Go server leaves out `creator_id`. What becomes of codes of clients other than 180 and 200 is free.",
    evidence: "gate/conn_tcp_voip.go",
    axes: ["transport"],
    without: {
      side: "The called user alone replies to an invitation.",
      width: "Ids of every width are VOIP-01 and VOIP-09, and the length of a call is CONTENT-08.",
      concurrency:
        "Both sides can do the same at the same moment when they call (VOIP-18) or hang up (VOIP-11, VOIP-12).",
    },
  },
  "VOIP-09": {
    level: "must",
    status: "I / ours",
    text: "The call is found by `channel_info.creator_id`; clients must copy `channel_info` from the invitation. A reply without `channel_info` is ignored.",
    evidence: "gate/conn_tcp_voip.go, flutter im_avchat.dart",
    axes: ["transport", "width"],
    without: {
      side: "The called user alone replies; what the caller sends without channel_info is VOIP-10.",
      concurrency:
        "Both sides can do the same at the same moment when they call (VOIP-18) or hang up (VOIP-11, VOIP-12).",
    },
  },
  "VOIP-10": {
    level: "must",
    status: "I",
    text: "0x0403 from the caller marks the call established; no answer, nothing forwarded. Without `channel_info`: ignored.",
    evidence: "gate/conn_tcp_voip.go",
    axes: ["transport"],
    without: {
      side: "The caller alone confirms an answer.",
      width: "Ids of every width are VOIP-01 and VOIP-09, and the length of a call is CONTENT-08.",
      concurrency:
        "Both sides can do the same at the same moment when they call (VOIP-18) or hang up (VOIP-11, VOIP-12).",
    },
  },
  "VOIP-11": {
    level: "must",
    status: "D/I",
    text: "Bye (0x0405) from either side: answer 0x0406 with `error_code` 200 (upstream: also when the call is unknown), push 0x0407 (`user_id` = who hung up, `byeReason`, `channel_info`) to every connection of the other side. The Go server omits `channel_info` in the notify. The call is over: a further bye has no effect on the other side.",
    evidence: "gate/conn_tcp_voip.go",
    axes: ["concurrency", "transport"],
    byHand: {
      side: ["bye-by-the-caller", "bye-by-the-called"],
    },
    without: {
      width: "Ids of every width are VOIP-01 and VOIP-09, and the length of a call is CONTENT-08.",
    },
  },
  "VOIP-12": {
    level: "must",
    status: "D/I",
    text: "After a bye the server stores a one-to-one message of type 10 (AVCHAT) from the user who hung up to the other one and pushes it to **all connections of both** users. Content: CONTENT-08. It has a server-made `client_msg_id` and counts as unread for the other one. `server_msg_id` in the push SHOULD be filled (the Go server leaves 0).",
    evidence: "gate/conn_tcp_voip.go, server/api/voice_call.puml",
    axes: ["concurrency", "transport"],
    byHand: {
      side: ["record-of-each-call"],
    },
    without: {
      width: "Ids of every width are VOIP-01 and VOIP-09, and the length of a call is CONTENT-08.",
    },
  },
  "VOIP-13": {
    level: "should",
    status: "imp",
    capability: "call-supervision",
    text: "Timeouts: the call heartbeat (0x0404) is documented with a 30 s limit. Clients of an established call send it; a server SHOULD end a call (0x0407 to both) when neither side shows life for 30 s, and an unanswered call after a fixed time (60 s recommended). The Go server accepts 0x0404 and does nothing.",
    evidence: "pb/CIM.Def.proto, gate/conn_tcp_voip.go (comment)",
    axes: ["transport"],
    byHand: {
      side: ["heartbeat-accepted"],
    },
    without: {
      width: "Ids of every width are VOIP-01 and VOIP-09, and the length of a call is CONTENT-08.",
      concurrency:
        "Both sides can do the same at the same moment when they call (VOIP-18) or hang up (VOIP-11, VOIP-12).",
    },
  },
  "VOIP-14": {
    level: "should",
    status: "ours",
    capability: "call-supervision",
    text: "Loss of the last connection of a party SHOULD end its call.",
    axes: ["phase", "side", "transport"],
    without: {
      width: "Ids of every width are VOIP-01 and VOIP-09, and the length of a call is CONTENT-08.",
      concurrency:
        "Both sides can do the same at the same moment when they call (VOIP-18) or hang up (VOIP-11, VOIP-12).",
    },
  },
  "VOIP-15": {
    level: "must",
    status: "D/I",
    text: "Rejecting is a bye with reason 2 before the 200; cancelling by the caller reason 1; normal end reason 3; other device rejected reason 5. The reason is passed on unchanged. What becomes of reasons that have no name is free.",
    evidence: "pb/CIM.Def.proto, flutter im_avchat.dart",
    axes: ["transport"],
    byHand: {
      side: ["rejecting", "cancelling"],
    },
    without: {
      width: "What becomes of reasons that have no name is free.",
      concurrency:
        "Both sides can do the same at the same moment when they call (VOIP-18) or hang up (VOIP-11, VOIP-12).",
    },
  },
  "VOIP-16": {
    level: "must",
    status: "ours",
    capability: "call-supervision",
    text: "Only the two parties may reply to or end a call.",
    axes: ["transport"],
    without: {
      side: "It is about those who are no party.",
      width: "Ids of every width are VOIP-01 and VOIP-09, and the length of a call is CONTENT-08.",
      concurrency:
        "Both sides can do the same at the same moment when they call (VOIP-18) or hang up (VOIP-11, VOIP-12).",
    },
  },
  "VOIP-17": {
    level: "should",
    status: "imp",
    capability: "call-supervision",
    text: "When one device of the called user answers or rejects, the others SHOULD be told to stop ringing (0x0407, reason 5).",
    evidence: "pb/CIM.Def.proto (reason 5)",
    axes: ["transport"],
    without: {
      side: "Only the called user's devices ring.",
      width: "Ids of every width are VOIP-01 and VOIP-09, and the length of a call is CONTENT-08.",
      concurrency:
        "Both sides can do the same at the same moment when they call (VOIP-18) or hang up (VOIP-11, VOIP-12).",
    },
  },
  "VOIP-18": {
    level: "must",
    status: "ours",
    capability: "call-supervision",
    text: "Two who call each other, one behind the other or at the same moment: at least one of the two invitations MUST ring. The other one rings as well (upstream, where a call is its caller's), is refused silently (VOIP-06), or is ended by 0x0407. When what rang is hung up, each can call the other again.",
    axes: ["concurrency", "transport"],
    without: {
      side: "Both are callers.",
      width: "Ids of every width are VOIP-01 and VOIP-09, and the length of a call is CONTENT-08.",
    },
  },
} as const;

/** The rules of VOIP. */
export const voipSection: Section<keyof typeof rules> = defineSection(
  {
    id: "VOIP",
    title: "Voice and video call signalling",
    chineseTitle: "语音与视频呼叫信令",
    kind: "calls",
    capability: "calls",
  },
  rules,
);
