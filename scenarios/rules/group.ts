import { defineSection, type Section } from "./section.ts";

const rules = {
  "GROUP-01": {
    level: "must",
    status: "D/I",
    text: "Create (0x0501 → 0x0502): anyone may create; members need not agree; the creator becomes owner and member.",
    evidence: "pb/CIM.Group.proto, logic/rpcserver/logic_rpc_server_group.go",
    axes: ["transport"],
    without: {
      role: "Whoever makes a group is its owner: nobody has a role before.",
      time: "It is about the moment in which a group is made; what is kept of it is SYS-01.",
      width: "The only numbers that a client gives are the ids of members, which GROUP-10 has in every width.",
      concurrency: "A group that is being made is known to nobody who could act beside its maker.",
    },
  },
  "GROUP-02": {
    level: "must",
    status: "I",
    text: "Answer: `user_id` echoed, `result_code` 200, `group_info` (new `group_id`, `group_name`, `group_type` 1, `join_model` 0, `be_invite_model` 0, `mute_model` 0, `group_owner_id` = creator, `create_time` = `update_time` = now in seconds, empty intro, announcement, avatar), `member_id_list` = requested members followed by the creator, `attach_notificatino_msg` (wire.md §7).",
    evidence: "logic/rpcserver/logic_rpc_server_group.go, logic/dao/group.go",
    axes: ["transport"],
    without: {
      role: "Whoever makes a group is its owner: nobody has a role before.",
      time: "It is about the moment in which a group is made; what is kept of it is SYS-01.",
      width: "The only numbers that a client gives are the ids of members, which GROUP-10 has in every width.",
      concurrency: "A group that is being made is known to nobody who could act beside its maker.",
    },
  },
  "GROUP-03": {
    level: "must",
    status: "ours",
    capability: "member-sets",
    text: "Members are a set: duplicates in the request, or the creator's own id in it, MUST give one membership each, one session each and one notification each.",
    axes: ["transport"],
    without: {
      role: "Whoever makes a group is its owner: nobody has a role before.",
      time: "It is about the moment in which a group is made; what is kept of it is SYS-01.",
      width: "The only numbers that a client gives are the ids of members, which GROUP-10 has in every width.",
      concurrency: "A group that is being made is known to nobody who could act beside its maker.",
    },
  },
  "GROUP-04": {
    level: "must",
    status: "I",
    text: "An empty `member_id_list` is legal (a group of one).",
    evidence: "server/internal/logic/rpcserver/logic_rpc_server_group_test.go",
    axes: ["transport"],
    without: {
      role: "Whoever makes a group is its owner: nobody has a role before.",
      time: "It is about the moment in which a group is made; what is kept of it is SYS-01.",
      width: "The only numbers that a client gives are the ids of members, which GROUP-10 has in every width.",
      concurrency: "A group that is being made is known to nobody who could act beside its maker.",
    },
  },
  "GROUP-05": {
    level: "must",
    status: "D/I, last sentence ours",
    text: "Empty `group_name`: the server makes one from nicknames, joined with commas: creator and the first three members. (Upstream's order is the database's.) Creation MUST NOT fail because the made-up name is long; cut it to the limit.",
    evidence: "logic/rpcserver/logic_rpc_server_group.go, docs/07 step 1",
    kind: "names",
    axes: ["transport"],
    byHand: {
      content: ["any-nicknames"],
    },
    without: {
      role: "A made-up name has no author; who may read it is GROUP-06.",
      time: "A made-up name is stored as a given one is: GROUP-06 and SYS-01.",
    },
  },
  "GROUP-06": {
    level: "must",
    status: "D vs I",
    text: "Names up to 32 characters MUST work; up to 128 SHOULD (proto comment; the SQL column holds 32). Longer: refuse. What a name is made of is free; blanks and invisible characters at its ends, and control characters, MAY be removed.",
    evidence: "pb/CIM.Group.proto vs server/setup/mysql/init/cim.sql",
    kind: "names",
    axes: ["role", "time", "transport"],
    byHand: {
      content: ["name"],
    },
  },
  "GROUP-07": {
    level: "must",
    status: "D/I",
    text: "Every member, creator included, gets a group session.",
    evidence: "docs/07 step 5, logic/rpcserver/logic_rpc_server_group.go",
    axes: ["transport"],
    byHand: {
      role: ["session-for-all"],
    },
    without: {
      time: "It is about the moment in which a group is made; what is kept of it is SYS-01.",
      width: "The only numbers that a client gives are the ids of members, which GROUP-10 has in every width.",
      concurrency: "A group that is being made is known to nobody who could act beside its maker.",
    },
  },
  "GROUP-08": {
    level: "must",
    status: "D/I",
    text: "The server stores a notification message (type 9, kind 1) as the group's first message and pushes it (0x0301, `session_type` 2, `to_session_id` = group, `from_user_id` 0) to all online members. The Go server pushes it to the creator's connections too, after the answer.",
    evidence: "logic/rpcserver/logic_rpc_server_group.go, gate/conn_tcp_group.go, docs/07 steps 6–10",
    kind: "announcements",
    axes: ["transport"],
    byHand: {
      role: ["creation-notification"],
    },
  },
  "GROUP-09": {
    level: "must",
    status: "imp",
    capability: "group-limits",
    text: "Member limit 200 for normal groups (creator included), or another that the server states (at least 20). Creating or inviting beyond it MUST be refused as a whole.",
    evidence: "pb/CIM.Group.proto, docs/01-产品介绍.md, docs/05-进度计划.md",
    axes: ["concurrency", "time", "transport"],
    without: {
      role: "The limit counts members, the owner among them.",
      width: "The numbers of members are far below 2^31.",
    },
  },
  "GROUP-10": {
    level: "must",
    status: "I",
    text: "Whether member ids belong to existing accounts is not checked (accounts may be kept elsewhere). The id 0 MAY be left out or refused, and so MAY a robot.",
    evidence: "logic/dao/group_member.go",
    axes: ["transport", "width"],
    without: {
      role: "Nobody acts in it but the one who makes the group.",
      time: "It is about the moment in which a group is made; what is kept of it is SYS-01.",
      concurrency: "A group that is being made is known to nobody who could act beside its maker.",
    },
  },
  "GROUP-11": {
    level: "must",
    status: "D/I",
    text: "Disband (0x0503 → 0x0504): only the owner; otherwise, or when the group does not exist, refuse.",
    evidence: "logic/dao/group.go",
    axes: ["time", "transport", "width"],
    byHand: {
      role: ["owner-disbands", "nobody-else-disbands"],
    },
    without: {
      concurrency: "Requests of two that meet in a group are GROUP-09, GROUP-14, GROUP-22 and GROUP-26.",
    },
  },
  "GROUP-12": {
    level: "must",
    status: "I / imp",
    text: "After a disband: group info no longer returns the group, nobody can send to it, the group no longer appears in anyone's group list, invitations to it are refused.",
    evidence: "logic/dao/group.go, logic/dao/message.go (sending and info [I]; list [imp])",
    axes: ["time", "transport"],
    byHand: {
      role: ["nobody-sends", "out-of-lists"],
    },
    without: {
      width:
        "Ids of groups of every width are GROUP-11, GROUP-14, GROUP-23, GROUP-26 and GROUP-32, those of members GROUP-10.",
      concurrency: "Requests of two that meet in a group are GROUP-09, GROUP-14, GROUP-22 and GROUP-26.",
    },
  },
  "GROUP-13": {
    level: "must",
    status: "imp",
    capability: "group-notifications",
    text: "Disband notification: kind 6 message to the (former) members, and `attach_notificatino_msg` in the answer.",
    evidence: "pb/CIM.Group.proto, pb/CIM.Def.proto",
    kind: "announcements",
    axes: ["transport"],
    byHand: {
      role: ["disband-notification"],
    },
  },
  "GROUP-14": {
    level: "must",
    status: "D/I",
    text: "Exit (0x0505 → 0x0506): a member leaves. A non-member, or an unknown group: refuse.",
    evidence: "logic/rpcserver/logic_rpc_server_group.go",
    axes: ["concurrency", "time", "transport", "width"],
    byHand: {
      role: ["exit", "exit-refused"],
    },
  },
  "GROUP-15": {
    level: "must",
    status: "D vs I",
    text: "Owner exit: by the proto comment the ownership passes to a random member. The Go server refuses the owner's exit. Recommended for compatibility: refuse; a server that hands over must declare it.",
    evidence: "pb/CIM.Group.proto vs logic/rpcserver/logic_rpc_server_group.go",
    axes: ["time", "transport"],
    without: {
      role: "It is about the owner.",
      width:
        "Ids of groups of every width are GROUP-11, GROUP-14, GROUP-23, GROUP-26 and GROUP-32, those of members GROUP-10.",
      concurrency: "Requests of two that meet in a group are GROUP-09, GROUP-14, GROUP-22 and GROUP-26.",
    },
  },
  "GROUP-16": {
    level: "must",
    status: "I",
    text: "After exit or removal the user MUST NOT receive group pushes, MUST NOT be able to send, and the group is not in the user's group list nor the user in the member list.",
    evidence: "logic/dao/group_member.go, logic/dao/message.go",
    axes: ["time", "transport"],
    byHand: {
      role: ["after-exit", "after-removal"],
    },
    without: {
      width:
        "Ids of groups of every width are GROUP-11, GROUP-14, GROUP-23, GROUP-26 and GROUP-32, those of members GROUP-10.",
      concurrency: "Requests of two that meet in a group are GROUP-09, GROUP-14, GROUP-22 and GROUP-26.",
    },
  },
  "GROUP-17": {
    level: "must",
    status: "imp",
    capability: "group-notifications",
    text: "Leave notification: kind 4 message to the remaining members, and `attach_notificatino_msg`.",
    evidence: "pb/CIM.Def.proto, pb/CIM.Group.proto",
    kind: "announcements",
    axes: ["transport"],
    byHand: {
      role: ["leave-notification"],
    },
  },
  "GROUP-18": {
    level: "must",
    status: "D/I",
    text: "Group list (0x0507 → 0x0508): ids of all groups Self is a member of, with `group_version` (1 upstream). Order not defined. Their number has no limit; 128 are asked for. A server MAY state a limit of its own (at least 20): it MUST then allow so many, and refuse as a whole what would take anybody beyond, a new group as well as an invitation.",
    evidence: "logic/rpcserver/logic_rpc_server_group.go",
    kind: "lists",
    axes: ["number", "role", "time", "transport"],
    numbers: {
      thousand: "Each group costs a server a list of members and a notification to each: the rule names 128.",
    },
    without: {
      width: "The request names nobody but who asks.",
    },
  },
  "GROUP-19": {
    level: "must",
    status: "I",
    text: "Group info (0x0509 → 0x0510): `result_code` 200 and the groups found; unknown and disbanded ones are left out without error. The versions in the request are ignored upstream. At least 64 groups MUST be served per request; of more a server MAY look up the first alone.",
    evidence: "logic/rpcserver/logic_rpc_server_group.go",
    kind: "lists",
    axes: ["number", "time", "transport", "width"],
    numbers: {
      none: "A request that names no group asks for nothing.",
      thousand: "A server may leave out more than 64.",
    },
  },
  "GROUP-20": {
    level: "may",
    status: "I",
    text: "Group info with an empty list: no answer upstream; a server MAY answer with an empty list.",
    evidence: "gate/conn_tcp_group.go",
    kind: "lists",
    axes: ["transport"],
    without: {
      number: "The list that is asked for is empty.",
      time: "The list that is asked for is empty.",
      width: "The list that is asked for is empty.",
    },
  },
  "GROUP-21": {
    level: "must",
    status: "D / imp",
    text: "Invite (0x0511 → 0x0512): any member may invite anyone, no consent needed (`join_model` 0). The inviter MUST be a member. Several users may be named at once, as many as the limit of GROUP-09 leaves room for.",
    evidence: "pb/CIM.Group.proto; membership check [imp]",
    axes: ["time", "transport"],
    byHand: {
      role: ["member-invites", "outsider-cannot-invite"],
    },
    without: {
      width:
        "Ids of groups of every width are GROUP-11, GROUP-14, GROUP-23, GROUP-26 and GROUP-32, those of members GROUP-10.",
      concurrency: "Requests of two that meet in a group are GROUP-09, GROUP-14, GROUP-22 and GROUP-26.",
    },
  },
  "GROUP-22": {
    level: "must",
    status: "I",
    text: "Inviting a user who is already a member changes nothing and is not an error; inviting a former member restores membership.",
    evidence: "logic/dao/group_member.go",
    axes: ["concurrency", "number", "time", "transport"],
    numbers: {
      none: "It is about coming back, once at least.",
      thousand: "What many returns leave behind, the second one does.",
    },
    without: {
      role: "It is about somebody who was a member, as his role is.",
      width:
        "Ids of groups of every width are GROUP-11, GROUP-14, GROUP-23, GROUP-26 and GROUP-32, those of members GROUP-10.",
    },
  },
  "GROUP-23": {
    level: "must",
    status: "imp",
    capability: "group-permissions",
    text: "Inviting to a group that does not exist or is disbanded MUST NOT answer 200. (The Go server logs it and answers 200.)",
    evidence: "logic/dao/group_member.go (the store does refuse)",
    axes: ["time", "transport", "width"],
    without: {
      role: "In a group that does not exist nobody has a role.",
      concurrency: "Requests of two that meet in a group are GROUP-09, GROUP-14, GROUP-22 and GROUP-26.",
    },
  },
  "GROUP-24": {
    level: "must",
    status: "imp",
    capability: "group-notifications",
    text: "Invite notification: kind 2 message to all members including the new ones, and `attach_notificatino_msg`.",
    evidence: "pb/CIM.Def.proto, pb/CIM.Group.proto",
    kind: "announcements",
    axes: ["transport"],
    byHand: {
      role: ["invite-notification"],
    },
  },
  "GROUP-25": {
    level: "must",
    status: "I",
    text: "Invite with an empty `member_id_list`: ignored.",
    evidence: "gate/conn_tcp_group.go",
    axes: ["transport"],
    without: {
      role: "Nobody is named, so that there is nothing to be allowed.",
      time: "Nothing is changed that could be kept.",
      width:
        "Ids of groups of every width are GROUP-11, GROUP-14, GROUP-23, GROUP-26 and GROUP-32, those of members GROUP-10.",
      concurrency: "Nothing is changed that another could meet.",
    },
  },
  "GROUP-26": {
    level: "must",
    status: "imp",
    capability: "group-permissions",
    text: "Kick (0x0513 → **0x0514**): only the owner may remove members. The answer's command MUST be 0x0514 with `CIMGroupKickOutMemberRsp`. The enum and the iOS client expect this; the Go server sends the same body under 0x0512. Several members may be named at once.",
    evidence:
      "pb/CIM.Group.proto (rule 4 of the create comment), pb/CIM.Def.proto, ios IMGroupManager.swift vs gate/conn_tcp_group.go",
    axes: ["concurrency", "time", "transport", "width"],
    byHand: {
      role: ["owner-removes", "nobody-else-removes"],
    },
  },
  "GROUP-27": {
    level: "must",
    status: "ours",
    capability: "member-sets",
    text: "The owner cannot be kicked. Kicking non-members changes nothing.",
    axes: ["time", "transport"],
    without: {
      role: "It is about the owner.",
      width:
        "Ids of groups of every width are GROUP-11, GROUP-14, GROUP-23, GROUP-26 and GROUP-32, those of members GROUP-10.",
      concurrency: "Requests of two that meet in a group are GROUP-09, GROUP-14, GROUP-22 and GROUP-26.",
    },
  },
  "GROUP-28": {
    level: "must",
    status: "imp",
    capability: "group-notifications",
    text: "Kick notification: kind 3 message to the remaining and the removed members, and `attach_notificatino_msg`.",
    evidence: "pb/CIM.Def.proto",
    kind: "announcements",
    axes: ["transport"],
    byHand: {
      role: ["kick-notification"],
    },
  },
  "GROUP-29": {
    level: "must",
    status: "I",
    text: "Kick with an empty `member_id_list`: ignored.",
    evidence: "gate/conn_tcp_group.go",
    axes: ["transport"],
    without: {
      role: "Nobody is named, so that there is nothing to be allowed.",
      time: "Nothing is changed that could be kept.",
      width:
        "Ids of groups of every width are GROUP-11, GROUP-14, GROUP-23, GROUP-26 and GROUP-32, those of members GROUP-10.",
      concurrency: "Nothing is changed that another could meet.",
    },
  },
  "GROUP-30": {
    level: "must",
    status: "I / ours",
    text: "Member list (0x0516 → 0x0517): all current members, owner included, each once; order not defined. Only members may ask [ours]; unknown group: empty list (upstream).",
    evidence: "logic/rpcserver/logic_rpc_server_group.go",
    kind: "lists",
    axes: ["number", "time", "transport", "width"],
    numbers: {
      none: "A group has its owner at least.",
      thousand: "A group has 200 members at most (GROUP-09).",
    },
  },
  "GROUP-31": {
    level: "should",
    status: "imp",
    capability: "group-notifications",
    text: "Member-changed notify (0x0515): on join, leave, kick the server SHOULD push `CIMGroupMemberChangedNotify` to online members: `group_id`, one `changed_list` entry per user (ADD / DEL), `user_id` = the user who caused the change. Defined, reserved in the gate's gRPC service, listened for by the iOS client, never sent by the Go server.",
    evidence: "pb/CIM.Group.proto, pb/Grpc.Gate.proto, ios IMGroupManager.swift",
    kind: "announcements",
    axes: ["role", "transport"],
  },
  "GROUP-32": {
    level: "must",
    status: "D/I",
    text: "Sending to a group requires that the group exists and the sender is a member; otherwise refuse (MSG-13).",
    evidence: "logic/dao/message.go, docs/07 steps 4–5",
    axes: ["time", "transport", "width"],
    byHand: {
      role: ["members-only-send"],
    },
    without: {
      concurrency: "Requests of two that meet in a group are GROUP-09, GROUP-14, GROUP-22 and GROUP-26.",
    },
  },
  "GROUP-33": {
    level: "must",
    status: "imp",
    capability: "group-permissions",
    text: "`mute_model` 1 (all muted): only the owner may send. No command sets it.",
    evidence: "pb/CIM.Group.proto",
    unobservable: "no command sets the mute mode",
  },
  "GROUP-34": {
    level: "must",
    status: "D/I",
    text: "A member without a group session gets one when sending.",
    evidence: "logic/dao/message.go, docs/07 step 6",
    unobservable:
      "every way to become a member creates the session as well (GROUP-07, SESS-09), so a member without one cannot be made from outside",
  },
} as const;

/** The rules of GROUP. */
export const groupSection: Section<keyof typeof rules> = defineSection(
  { id: "GROUP", title: "Groups", chineseTitle: "群", kind: "membership", capability: "groups" },
  rules,
);
