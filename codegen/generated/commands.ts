// Generated from proto/ by codegen/generate.ts. DO NOT EDIT.
import { bodyCodec } from "../body-codec.ts";
import type { Command } from "../command.ts";
import * as Friend from "./CIM.Friend.ts";
import * as Group from "./CIM.Group.ts";
import * as List from "./CIM.List.ts";
import * as Login from "./CIM.Login.ts";
import * as Message from "./CIM.Message.ts";
import * as Voip from "./CIM.Voip.ts";

/** The commands of the contract with the types of their bodies. */
export interface Commands {
  readonly LOGIN_AUTH_TOKEN_REQ: Command<Login.CIMAuthTokenReq, Login.CIMAuthTokenRsp>;
  readonly LOGIN_AUTH_TOKEN_RSP: Command<Login.CIMAuthTokenRsp, never>;
  readonly LOGIN_AUTH_LOGOUT_REQ: Command<Login.CIMLogoutReq, Login.CIMLogoutRsp>;
  readonly LOGIN_AUTH_LOGOUT_RSP: Command<Login.CIMLogoutRsp, never>;
  readonly LOGIN_HEARTBEAT: Command<Login.CIMHeartBeat, Login.CIMHeartBeat>;
  readonly LOGIN_AUTH_REQ: Command<Login.CIMAuthReq, Login.CIMAuthRsp>;
  readonly LOGIN_AUTH_RSP: Command<Login.CIMAuthRsp, never>;
  readonly LIST_RECENT_CONTACT_SESSION_REQ: Command<List.CIMRecentContactSessionReq, List.CIMRecentContactSessionRsp>;
  readonly LIST_RECENT_CONTACT_SESSION_RSP: Command<List.CIMRecentContactSessionRsp, never>;
  readonly LIST_MSG_REQ: Command<List.CIMGetMsgListReq, List.CIMGetMsgListRsp>;
  readonly LIST_MSG_RSP: Command<List.CIMGetMsgListRsp, never>;
  readonly MSG_DATA: Command<Message.CIMMsgData, Message.CIMMsgDataAck>;
  readonly MSG_DATA_ACK: Command<Message.CIMMsgDataAck, never>;
  readonly MSG_READ_ACK: Command<Message.CIMMsgDataReadAck, never>;
  readonly MSG_READ_NOTIFY: Command<Message.CIMMsgDataReadNotify, never>;
  readonly MSG_GET_LATEST_MSG_ID_REQ: Command<Message.CIMGetLatestMsgIdReq, Message.CIMGetLatestMsgIdRsp>;
  readonly MSG_GET_LATEST_MSG_ID_RSP: Command<Message.CIMGetLatestMsgIdRsp, never>;
  readonly MSG_GET_BY_MSG_ID_REQ: Command<Message.CIMGetMsgByIdReq, Message.CIMGetMsgByIdRsp>;
  readonly MSG_GET_BY_MSG_ID_RSP: Command<Message.CIMGetMsgByIdRsp, never>;
  readonly VOIP_INVITE_REQ: Command<Voip.CIMVoipInviteReq, Voip.CIMVoipInviteReply>;
  readonly VOIP_INVITE_REPLY: Command<Voip.CIMVoipInviteReply, Voip.CIMVoipInviteReplyAck>;
  readonly VOIP_INVITE_REPLY_ACK: Command<Voip.CIMVoipInviteReplyAck, never>;
  readonly VOIP_HEARTBEAT: Command<Voip.CIMVoipHeartbeat, never>;
  readonly VOIP_BYE_REQ: Command<Voip.CIMVoipByeReq, Voip.CIMVoipByeRsp>;
  readonly VOIP_BYE_RSP: Command<Voip.CIMVoipByeRsp, never>;
  readonly VOIP_BYE_NOTIFY: Command<Voip.CIMVoipByeNotify, never>;
  readonly GROUP_CREATE_DEFAULT_REQ: Command<Group.CIMGroupCreateReq, Group.CIMGroupCreateRsp>;
  readonly GROUP_CREATE_DEFAULT_RSP: Command<Group.CIMGroupCreateRsp, never>;
  readonly GROUP_DISBINGDING_REQ: Command<Group.CIMGroupDisbandingReq, Group.CIMGroupDisbandingRsp>;
  readonly GROUP_DISBINGDING_RSP: Command<Group.CIMGroupDisbandingRsp, never>;
  readonly GROUP_EXIT_REQ: Command<Group.CIMGroupExitReq, Group.CIMGroupExitRsp>;
  readonly GROUP_EXIT_RSP: Command<Group.CIMGroupExitRsp, never>;
  readonly GROUP_LIST_REQ: Command<Group.CIMGroupListReq, Group.CIMGroupListRsp>;
  readonly GROUP_LIST_RSP: Command<Group.CIMGroupListRsp, never>;
  readonly GROUP_INFO_REQ: Command<Group.CIMGroupInfoReq, Group.CIMGroupInfoRsp>;
  readonly GROUP_INFO_RSP: Command<Group.CIMGroupInfoRsp, never>;
  readonly GROUP_INVITE_MEMBER_REQ: Command<Group.CIMGroupInviteMemberReq, Group.CIMGroupInviteMemberRsp>;
  readonly GROUP_INVITE_MEMBER_RSP: Command<Group.CIMGroupInviteMemberRsp, never>;
  readonly GROUP_KICK_OUT_MEMBER_REQ: Command<Group.CIMGroupKickOutMemberReq, Group.CIMGroupKickOutMemberRsp>;
  readonly GROUP_KICK_OUT_MEMBER_RSP: Command<Group.CIMGroupKickOutMemberRsp, never>;
  readonly GROUP_MEMBER_CHANGED_NOTIFY: Command<Group.CIMGroupMemberChangedNotify, never>;
  readonly GROUP_LIST_MEMBER_REQ: Command<Group.CIMGroupMemberListReq, Group.CIMGroupMemberListRsp>;
  readonly GROUP_LIST_MEMBER_RSP: Command<Group.CIMGroupMemberListRsp, never>;
  readonly FRIEND_QUERY_USER_LIST_REQ: Command<Friend.CIMFriendQueryUserListReq, Friend.CIMFriendQueryUserListRsp>;
  readonly FRIEND_QUERY_USER_LIST_RSP: Command<Friend.CIMFriendQueryUserListRsp, never>;
}

/** Every command of the contract by its name. */
export const commands: Commands = {
  LOGIN_AUTH_TOKEN_REQ: {
    id: 0x0101,
    name: "LOGIN_AUTH_TOKEN_REQ",
    body: bodyCodec("CIM.Login.CIMAuthTokenReq", Login.CIMAuthTokenReq),
    replyId: 0x0102,
    direction: "client-to-server",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  LOGIN_AUTH_TOKEN_RSP: {
    id: 0x0102,
    name: "LOGIN_AUTH_TOKEN_RSP",
    body: bodyCodec("CIM.Login.CIMAuthTokenRsp", Login.CIMAuthTokenRsp),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  LOGIN_AUTH_LOGOUT_REQ: {
    id: 0x0103,
    name: "LOGIN_AUTH_LOGOUT_REQ",
    body: bodyCodec("CIM.Login.CIMLogoutReq", Login.CIMLogoutReq),
    replyId: 0x0104,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  LOGIN_AUTH_LOGOUT_RSP: {
    id: 0x0104,
    name: "LOGIN_AUTH_LOGOUT_RSP",
    body: bodyCodec("CIM.Login.CIMLogoutRsp", Login.CIMLogoutRsp),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  LOGIN_HEARTBEAT: {
    id: 0x0105,
    name: "LOGIN_HEARTBEAT",
    body: bodyCodec("CIM.Login.CIMHeartBeat", Login.CIMHeartBeat),
    replyId: 0x0105,
    direction: "both",
    needsLogin: true,
    replyNumberedAsPush: true,
  },
  LOGIN_AUTH_REQ: {
    id: 0x0107,
    name: "LOGIN_AUTH_REQ",
    body: bodyCodec("CIM.Login.CIMAuthReq", Login.CIMAuthReq),
    replyId: 0x0108,
    direction: "client-to-server",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  LOGIN_AUTH_RSP: {
    id: 0x0108,
    name: "LOGIN_AUTH_RSP",
    body: bodyCodec("CIM.Login.CIMAuthRsp", Login.CIMAuthRsp),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  LIST_RECENT_CONTACT_SESSION_REQ: {
    id: 0x0201,
    name: "LIST_RECENT_CONTACT_SESSION_REQ",
    body: bodyCodec("CIM.List.CIMRecentContactSessionReq", List.CIMRecentContactSessionReq),
    replyId: 0x0202,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  LIST_RECENT_CONTACT_SESSION_RSP: {
    id: 0x0202,
    name: "LIST_RECENT_CONTACT_SESSION_RSP",
    body: bodyCodec("CIM.List.CIMRecentContactSessionRsp", List.CIMRecentContactSessionRsp),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  LIST_MSG_REQ: {
    id: 0x0205,
    name: "LIST_MSG_REQ",
    body: bodyCodec("CIM.List.CIMGetMsgListReq", List.CIMGetMsgListReq),
    replyId: 0x0206,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  LIST_MSG_RSP: {
    id: 0x0206,
    name: "LIST_MSG_RSP",
    body: bodyCodec("CIM.List.CIMGetMsgListRsp", List.CIMGetMsgListRsp),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  MSG_DATA: {
    id: 0x0301,
    name: "MSG_DATA",
    body: bodyCodec("CIM.Message.CIMMsgData", Message.CIMMsgData),
    replyId: 0x0302,
    direction: "both",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  MSG_DATA_ACK: {
    id: 0x0302,
    name: "MSG_DATA_ACK",
    body: bodyCodec("CIM.Message.CIMMsgDataAck", Message.CIMMsgDataAck),
    replyId: undefined,
    direction: "both",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  MSG_READ_ACK: {
    id: 0x0303,
    name: "MSG_READ_ACK",
    body: bodyCodec("CIM.Message.CIMMsgDataReadAck", Message.CIMMsgDataReadAck),
    replyId: undefined,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  MSG_READ_NOTIFY: {
    id: 0x0304,
    name: "MSG_READ_NOTIFY",
    body: bodyCodec("CIM.Message.CIMMsgDataReadNotify", Message.CIMMsgDataReadNotify),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  MSG_GET_LATEST_MSG_ID_REQ: {
    id: 0x0305,
    name: "MSG_GET_LATEST_MSG_ID_REQ",
    body: bodyCodec("CIM.Message.CIMGetLatestMsgIdReq", Message.CIMGetLatestMsgIdReq),
    replyId: 0x0306,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  MSG_GET_LATEST_MSG_ID_RSP: {
    id: 0x0306,
    name: "MSG_GET_LATEST_MSG_ID_RSP",
    body: bodyCodec("CIM.Message.CIMGetLatestMsgIdRsp", Message.CIMGetLatestMsgIdRsp),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  MSG_GET_BY_MSG_ID_REQ: {
    id: 0x0307,
    name: "MSG_GET_BY_MSG_ID_REQ",
    body: bodyCodec("CIM.Message.CIMGetMsgByIdReq", Message.CIMGetMsgByIdReq),
    replyId: 0x0308,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  MSG_GET_BY_MSG_ID_RSP: {
    id: 0x0308,
    name: "MSG_GET_BY_MSG_ID_RSP",
    body: bodyCodec("CIM.Message.CIMGetMsgByIdRsp", Message.CIMGetMsgByIdRsp),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  VOIP_INVITE_REQ: {
    id: 0x0401,
    name: "VOIP_INVITE_REQ",
    body: bodyCodec("CIM.Voip.CIMVoipInviteReq", Voip.CIMVoipInviteReq),
    replyId: 0x0402,
    direction: "both",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  VOIP_INVITE_REPLY: {
    id: 0x0402,
    name: "VOIP_INVITE_REPLY",
    body: bodyCodec("CIM.Voip.CIMVoipInviteReply", Voip.CIMVoipInviteReply),
    replyId: 0x0403,
    direction: "both",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  VOIP_INVITE_REPLY_ACK: {
    id: 0x0403,
    name: "VOIP_INVITE_REPLY_ACK",
    body: bodyCodec("CIM.Voip.CIMVoipInviteReplyAck", Voip.CIMVoipInviteReplyAck),
    replyId: undefined,
    direction: "both",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  VOIP_HEARTBEAT: {
    id: 0x0404,
    name: "VOIP_HEARTBEAT",
    body: bodyCodec("CIM.Voip.CIMVoipHeartbeat", Voip.CIMVoipHeartbeat),
    replyId: undefined,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  VOIP_BYE_REQ: {
    id: 0x0405,
    name: "VOIP_BYE_REQ",
    body: bodyCodec("CIM.Voip.CIMVoipByeReq", Voip.CIMVoipByeReq),
    replyId: 0x0406,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  VOIP_BYE_RSP: {
    id: 0x0406,
    name: "VOIP_BYE_RSP",
    body: bodyCodec("CIM.Voip.CIMVoipByeRsp", Voip.CIMVoipByeRsp),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  VOIP_BYE_NOTIFY: {
    id: 0x0407,
    name: "VOIP_BYE_NOTIFY",
    body: bodyCodec("CIM.Voip.CIMVoipByeNotify", Voip.CIMVoipByeNotify),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  GROUP_CREATE_DEFAULT_REQ: {
    id: 0x0501,
    name: "GROUP_CREATE_DEFAULT_REQ",
    body: bodyCodec("CIM.Group.CIMGroupCreateReq", Group.CIMGroupCreateReq),
    replyId: 0x0502,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  GROUP_CREATE_DEFAULT_RSP: {
    id: 0x0502,
    name: "GROUP_CREATE_DEFAULT_RSP",
    body: bodyCodec("CIM.Group.CIMGroupCreateRsp", Group.CIMGroupCreateRsp),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  GROUP_DISBINGDING_REQ: {
    id: 0x0503,
    name: "GROUP_DISBINGDING_REQ",
    body: bodyCodec("CIM.Group.CIMGroupDisbandingReq", Group.CIMGroupDisbandingReq),
    replyId: 0x0504,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  GROUP_DISBINGDING_RSP: {
    id: 0x0504,
    name: "GROUP_DISBINGDING_RSP",
    body: bodyCodec("CIM.Group.CIMGroupDisbandingRsp", Group.CIMGroupDisbandingRsp),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  GROUP_EXIT_REQ: {
    id: 0x0505,
    name: "GROUP_EXIT_REQ",
    body: bodyCodec("CIM.Group.CIMGroupExitReq", Group.CIMGroupExitReq),
    replyId: 0x0506,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  GROUP_EXIT_RSP: {
    id: 0x0506,
    name: "GROUP_EXIT_RSP",
    body: bodyCodec("CIM.Group.CIMGroupExitRsp", Group.CIMGroupExitRsp),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  GROUP_LIST_REQ: {
    id: 0x0507,
    name: "GROUP_LIST_REQ",
    body: bodyCodec("CIM.Group.CIMGroupListReq", Group.CIMGroupListReq),
    replyId: 0x0508,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  GROUP_LIST_RSP: {
    id: 0x0508,
    name: "GROUP_LIST_RSP",
    body: bodyCodec("CIM.Group.CIMGroupListRsp", Group.CIMGroupListRsp),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  GROUP_INFO_REQ: {
    id: 0x0509,
    name: "GROUP_INFO_REQ",
    body: bodyCodec("CIM.Group.CIMGroupInfoReq", Group.CIMGroupInfoReq),
    replyId: 0x0510,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  GROUP_INFO_RSP: {
    id: 0x0510,
    name: "GROUP_INFO_RSP",
    body: bodyCodec("CIM.Group.CIMGroupInfoRsp", Group.CIMGroupInfoRsp),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  GROUP_INVITE_MEMBER_REQ: {
    id: 0x0511,
    name: "GROUP_INVITE_MEMBER_REQ",
    body: bodyCodec("CIM.Group.CIMGroupInviteMemberReq", Group.CIMGroupInviteMemberReq),
    replyId: 0x0512,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  GROUP_INVITE_MEMBER_RSP: {
    id: 0x0512,
    name: "GROUP_INVITE_MEMBER_RSP",
    body: bodyCodec("CIM.Group.CIMGroupInviteMemberRsp", Group.CIMGroupInviteMemberRsp),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  GROUP_KICK_OUT_MEMBER_REQ: {
    id: 0x0513,
    name: "GROUP_KICK_OUT_MEMBER_REQ",
    body: bodyCodec("CIM.Group.CIMGroupKickOutMemberReq", Group.CIMGroupKickOutMemberReq),
    replyId: 0x0514,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  GROUP_KICK_OUT_MEMBER_RSP: {
    id: 0x0514,
    name: "GROUP_KICK_OUT_MEMBER_RSP",
    body: bodyCodec("CIM.Group.CIMGroupKickOutMemberRsp", Group.CIMGroupKickOutMemberRsp),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  GROUP_MEMBER_CHANGED_NOTIFY: {
    id: 0x0515,
    name: "GROUP_MEMBER_CHANGED_NOTIFY",
    body: bodyCodec("CIM.Group.CIMGroupMemberChangedNotify", Group.CIMGroupMemberChangedNotify),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  GROUP_LIST_MEMBER_REQ: {
    id: 0x0516,
    name: "GROUP_LIST_MEMBER_REQ",
    body: bodyCodec("CIM.Group.CIMGroupMemberListReq", Group.CIMGroupMemberListReq),
    replyId: 0x0517,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  GROUP_LIST_MEMBER_RSP: {
    id: 0x0517,
    name: "GROUP_LIST_MEMBER_RSP",
    body: bodyCodec("CIM.Group.CIMGroupMemberListRsp", Group.CIMGroupMemberListRsp),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  FRIEND_QUERY_USER_LIST_REQ: {
    id: 0x0601,
    name: "FRIEND_QUERY_USER_LIST_REQ",
    body: bodyCodec("CIM.Friend.CIMFriendQueryUserListReq", Friend.CIMFriendQueryUserListReq),
    replyId: 0x0602,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  FRIEND_QUERY_USER_LIST_RSP: {
    id: 0x0602,
    name: "FRIEND_QUERY_USER_LIST_RSP",
    body: bodyCodec("CIM.Friend.CIMFriendQueryUserListRsp", Friend.CIMFriendQueryUserListRsp),
    replyId: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
};
