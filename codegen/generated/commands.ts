// Generated from proto/ by codegen/generate.ts. DO NOT EDIT.
import type { Command } from "../command.ts";
import { CIMFriendQueryUserListReqCodec, CIMFriendQueryUserListRspCodec } from "./CIM.Friend.codec.ts";
import type { CIMFriendQueryUserListReq, CIMFriendQueryUserListRsp } from "./CIM.Friend.ts";
import { CIMGroupCreateReqCodec, CIMGroupCreateRspCodec, CIMGroupDisbandingReqCodec, CIMGroupDisbandingRspCodec, CIMGroupExitReqCodec, CIMGroupExitRspCodec, CIMGroupListReqCodec, CIMGroupListRspCodec, CIMGroupInfoReqCodec, CIMGroupInfoRspCodec, CIMGroupInviteMemberReqCodec, CIMGroupInviteMemberRspCodec, CIMGroupKickOutMemberReqCodec, CIMGroupKickOutMemberRspCodec, CIMGroupMemberListReqCodec, CIMGroupMemberListRspCodec, CIMGroupMemberChangedNotifyCodec } from "./CIM.Group.codec.ts";
import type { CIMGroupCreateReq, CIMGroupCreateRsp, CIMGroupDisbandingReq, CIMGroupDisbandingRsp, CIMGroupExitReq, CIMGroupExitRsp, CIMGroupListReq, CIMGroupListRsp, CIMGroupInfoReq, CIMGroupInfoRsp, CIMGroupInviteMemberReq, CIMGroupInviteMemberRsp, CIMGroupKickOutMemberReq, CIMGroupKickOutMemberRsp, CIMGroupMemberListReq, CIMGroupMemberListRsp, CIMGroupMemberChangedNotify } from "./CIM.Group.ts";
import { CIMRecentContactSessionReqCodec, CIMRecentContactSessionRspCodec, CIMGetMsgListReqCodec, CIMGetMsgListRspCodec } from "./CIM.List.codec.ts";
import type { CIMRecentContactSessionReq, CIMRecentContactSessionRsp, CIMGetMsgListReq, CIMGetMsgListRsp } from "./CIM.List.ts";
import { CIMAuthTokenReqCodec, CIMAuthTokenRspCodec, CIMAuthReqCodec, CIMAuthRspCodec, CIMLogoutReqCodec, CIMLogoutRspCodec, CIMHeartBeatCodec } from "./CIM.Login.codec.ts";
import type { CIMAuthTokenReq, CIMAuthTokenRsp, CIMAuthReq, CIMAuthRsp, CIMLogoutReq, CIMLogoutRsp, CIMHeartBeat } from "./CIM.Login.ts";
import { CIMMsgDataCodec, CIMMsgDataAckCodec, CIMMsgDataReadAckCodec, CIMMsgDataReadNotifyCodec, CIMGetLatestMsgIdReqCodec, CIMGetLatestMsgIdRspCodec, CIMGetMsgByIdReqCodec, CIMGetMsgByIdRspCodec } from "./CIM.Message.codec.ts";
import type { CIMMsgData, CIMMsgDataAck, CIMMsgDataReadAck, CIMMsgDataReadNotify, CIMGetLatestMsgIdReq, CIMGetLatestMsgIdRsp, CIMGetMsgByIdReq, CIMGetMsgByIdRsp } from "./CIM.Message.ts";
import { CIMVoipInviteReqCodec, CIMVoipInviteReplyCodec, CIMVoipInviteReplyAckCodec, CIMVoipHeartbeatCodec, CIMVoipByeReqCodec, CIMVoipByeRspCodec, CIMVoipByeNotifyCodec } from "./CIM.Voip.codec.ts";
import type { CIMVoipInviteReq, CIMVoipInviteReply, CIMVoipInviteReplyAck, CIMVoipHeartbeat, CIMVoipByeReq, CIMVoipByeRsp, CIMVoipByeNotify } from "./CIM.Voip.ts";

/** The commands of the contract with the types of their bodies and of the bodies of their answers. */
export interface Commands {
  readonly LOGIN_AUTH_TOKEN_REQ: Command<CIMAuthTokenReq, CIMAuthTokenRsp>;
  readonly LOGIN_AUTH_TOKEN_RSP: Command<CIMAuthTokenRsp, never>;
  readonly LOGIN_AUTH_LOGOUT_REQ: Command<CIMLogoutReq, CIMLogoutRsp>;
  readonly LOGIN_AUTH_LOGOUT_RSP: Command<CIMLogoutRsp, never>;
  readonly LOGIN_HEARTBEAT: Command<CIMHeartBeat, CIMHeartBeat>;
  readonly LOGIN_AUTH_REQ: Command<CIMAuthReq, CIMAuthRsp>;
  readonly LOGIN_AUTH_RSP: Command<CIMAuthRsp, never>;
  readonly LIST_RECENT_CONTACT_SESSION_REQ: Command<CIMRecentContactSessionReq, CIMRecentContactSessionRsp>;
  readonly LIST_RECENT_CONTACT_SESSION_RSP: Command<CIMRecentContactSessionRsp, never>;
  readonly LIST_MSG_REQ: Command<CIMGetMsgListReq, CIMGetMsgListRsp>;
  readonly LIST_MSG_RSP: Command<CIMGetMsgListRsp, never>;
  readonly MSG_DATA: Command<CIMMsgData, CIMMsgDataAck>;
  readonly MSG_DATA_ACK: Command<CIMMsgDataAck, never>;
  readonly MSG_READ_ACK: Command<CIMMsgDataReadAck, never>;
  readonly MSG_READ_NOTIFY: Command<CIMMsgDataReadNotify, never>;
  readonly MSG_GET_LATEST_MSG_ID_REQ: Command<CIMGetLatestMsgIdReq, CIMGetLatestMsgIdRsp>;
  readonly MSG_GET_LATEST_MSG_ID_RSP: Command<CIMGetLatestMsgIdRsp, never>;
  readonly MSG_GET_BY_MSG_ID_REQ: Command<CIMGetMsgByIdReq, CIMGetMsgByIdRsp>;
  readonly MSG_GET_BY_MSG_ID_RSP: Command<CIMGetMsgByIdRsp, never>;
  readonly VOIP_INVITE_REQ: Command<CIMVoipInviteReq, CIMVoipInviteReply>;
  readonly VOIP_INVITE_REPLY: Command<CIMVoipInviteReply, CIMVoipInviteReplyAck>;
  readonly VOIP_INVITE_REPLY_ACK: Command<CIMVoipInviteReplyAck, never>;
  readonly VOIP_HEARTBEAT: Command<CIMVoipHeartbeat, never>;
  readonly VOIP_BYE_REQ: Command<CIMVoipByeReq, CIMVoipByeRsp>;
  readonly VOIP_BYE_RSP: Command<CIMVoipByeRsp, never>;
  readonly VOIP_BYE_NOTIFY: Command<CIMVoipByeNotify, never>;
  readonly GROUP_CREATE_DEFAULT_REQ: Command<CIMGroupCreateReq, CIMGroupCreateRsp>;
  readonly GROUP_CREATE_DEFAULT_RSP: Command<CIMGroupCreateRsp, never>;
  readonly GROUP_DISBINGDING_REQ: Command<CIMGroupDisbandingReq, CIMGroupDisbandingRsp>;
  readonly GROUP_DISBINGDING_RSP: Command<CIMGroupDisbandingRsp, never>;
  readonly GROUP_EXIT_REQ: Command<CIMGroupExitReq, CIMGroupExitRsp>;
  readonly GROUP_EXIT_RSP: Command<CIMGroupExitRsp, never>;
  readonly GROUP_LIST_REQ: Command<CIMGroupListReq, CIMGroupListRsp>;
  readonly GROUP_LIST_RSP: Command<CIMGroupListRsp, never>;
  readonly GROUP_INFO_REQ: Command<CIMGroupInfoReq, CIMGroupInfoRsp>;
  readonly GROUP_INFO_RSP: Command<CIMGroupInfoRsp, never>;
  readonly GROUP_INVITE_MEMBER_REQ: Command<CIMGroupInviteMemberReq, CIMGroupInviteMemberRsp>;
  readonly GROUP_INVITE_MEMBER_RSP: Command<CIMGroupInviteMemberRsp, never>;
  readonly GROUP_KICK_OUT_MEMBER_REQ: Command<CIMGroupKickOutMemberReq, CIMGroupKickOutMemberRsp>;
  readonly GROUP_KICK_OUT_MEMBER_RSP: Command<CIMGroupKickOutMemberRsp, never>;
  readonly GROUP_MEMBER_CHANGED_NOTIFY: Command<CIMGroupMemberChangedNotify, never>;
  readonly GROUP_LIST_MEMBER_REQ: Command<CIMGroupMemberListReq, CIMGroupMemberListRsp>;
  readonly GROUP_LIST_MEMBER_RSP: Command<CIMGroupMemberListRsp, never>;
  readonly FRIEND_QUERY_USER_LIST_REQ: Command<CIMFriendQueryUserListReq, CIMFriendQueryUserListRsp>;
  readonly FRIEND_QUERY_USER_LIST_RSP: Command<CIMFriendQueryUserListRsp, never>;
}

/** Every command of the contract by its name. */
export const commands: Commands = {
  LOGIN_AUTH_TOKEN_REQ: {
    id: 0x0101,
    name: "LOGIN_AUTH_TOKEN_REQ",
    body: CIMAuthTokenReqCodec,
    replyId: 0x0102,
    replyBody: CIMAuthTokenRspCodec,
    direction: "client-to-server",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  LOGIN_AUTH_TOKEN_RSP: {
    id: 0x0102,
    name: "LOGIN_AUTH_TOKEN_RSP",
    body: CIMAuthTokenRspCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  LOGIN_AUTH_LOGOUT_REQ: {
    id: 0x0103,
    name: "LOGIN_AUTH_LOGOUT_REQ",
    body: CIMLogoutReqCodec,
    replyId: 0x0104,
    replyBody: CIMLogoutRspCodec,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  LOGIN_AUTH_LOGOUT_RSP: {
    id: 0x0104,
    name: "LOGIN_AUTH_LOGOUT_RSP",
    body: CIMLogoutRspCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  LOGIN_HEARTBEAT: {
    id: 0x0105,
    name: "LOGIN_HEARTBEAT",
    body: CIMHeartBeatCodec,
    replyId: 0x0105,
    replyBody: CIMHeartBeatCodec,
    direction: "both",
    needsLogin: true,
    replyNumberedAsPush: true,
  },
  LOGIN_AUTH_REQ: {
    id: 0x0107,
    name: "LOGIN_AUTH_REQ",
    body: CIMAuthReqCodec,
    replyId: 0x0108,
    replyBody: CIMAuthRspCodec,
    direction: "client-to-server",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  LOGIN_AUTH_RSP: {
    id: 0x0108,
    name: "LOGIN_AUTH_RSP",
    body: CIMAuthRspCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  LIST_RECENT_CONTACT_SESSION_REQ: {
    id: 0x0201,
    name: "LIST_RECENT_CONTACT_SESSION_REQ",
    body: CIMRecentContactSessionReqCodec,
    replyId: 0x0202,
    replyBody: CIMRecentContactSessionRspCodec,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  LIST_RECENT_CONTACT_SESSION_RSP: {
    id: 0x0202,
    name: "LIST_RECENT_CONTACT_SESSION_RSP",
    body: CIMRecentContactSessionRspCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  LIST_MSG_REQ: {
    id: 0x0205,
    name: "LIST_MSG_REQ",
    body: CIMGetMsgListReqCodec,
    replyId: 0x0206,
    replyBody: CIMGetMsgListRspCodec,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  LIST_MSG_RSP: {
    id: 0x0206,
    name: "LIST_MSG_RSP",
    body: CIMGetMsgListRspCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  MSG_DATA: {
    id: 0x0301,
    name: "MSG_DATA",
    body: CIMMsgDataCodec,
    replyId: 0x0302,
    replyBody: CIMMsgDataAckCodec,
    direction: "both",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  MSG_DATA_ACK: {
    id: 0x0302,
    name: "MSG_DATA_ACK",
    body: CIMMsgDataAckCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "both",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  MSG_READ_ACK: {
    id: 0x0303,
    name: "MSG_READ_ACK",
    body: CIMMsgDataReadAckCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  MSG_READ_NOTIFY: {
    id: 0x0304,
    name: "MSG_READ_NOTIFY",
    body: CIMMsgDataReadNotifyCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  MSG_GET_LATEST_MSG_ID_REQ: {
    id: 0x0305,
    name: "MSG_GET_LATEST_MSG_ID_REQ",
    body: CIMGetLatestMsgIdReqCodec,
    replyId: 0x0306,
    replyBody: CIMGetLatestMsgIdRspCodec,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  MSG_GET_LATEST_MSG_ID_RSP: {
    id: 0x0306,
    name: "MSG_GET_LATEST_MSG_ID_RSP",
    body: CIMGetLatestMsgIdRspCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  MSG_GET_BY_MSG_ID_REQ: {
    id: 0x0307,
    name: "MSG_GET_BY_MSG_ID_REQ",
    body: CIMGetMsgByIdReqCodec,
    replyId: 0x0308,
    replyBody: CIMGetMsgByIdRspCodec,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  MSG_GET_BY_MSG_ID_RSP: {
    id: 0x0308,
    name: "MSG_GET_BY_MSG_ID_RSP",
    body: CIMGetMsgByIdRspCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  VOIP_INVITE_REQ: {
    id: 0x0401,
    name: "VOIP_INVITE_REQ",
    body: CIMVoipInviteReqCodec,
    replyId: 0x0402,
    replyBody: CIMVoipInviteReplyCodec,
    direction: "both",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  VOIP_INVITE_REPLY: {
    id: 0x0402,
    name: "VOIP_INVITE_REPLY",
    body: CIMVoipInviteReplyCodec,
    replyId: 0x0403,
    replyBody: CIMVoipInviteReplyAckCodec,
    direction: "both",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  VOIP_INVITE_REPLY_ACK: {
    id: 0x0403,
    name: "VOIP_INVITE_REPLY_ACK",
    body: CIMVoipInviteReplyAckCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "both",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  VOIP_HEARTBEAT: {
    id: 0x0404,
    name: "VOIP_HEARTBEAT",
    body: CIMVoipHeartbeatCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  VOIP_BYE_REQ: {
    id: 0x0405,
    name: "VOIP_BYE_REQ",
    body: CIMVoipByeReqCodec,
    replyId: 0x0406,
    replyBody: CIMVoipByeRspCodec,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  VOIP_BYE_RSP: {
    id: 0x0406,
    name: "VOIP_BYE_RSP",
    body: CIMVoipByeRspCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  VOIP_BYE_NOTIFY: {
    id: 0x0407,
    name: "VOIP_BYE_NOTIFY",
    body: CIMVoipByeNotifyCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  GROUP_CREATE_DEFAULT_REQ: {
    id: 0x0501,
    name: "GROUP_CREATE_DEFAULT_REQ",
    body: CIMGroupCreateReqCodec,
    replyId: 0x0502,
    replyBody: CIMGroupCreateRspCodec,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  GROUP_CREATE_DEFAULT_RSP: {
    id: 0x0502,
    name: "GROUP_CREATE_DEFAULT_RSP",
    body: CIMGroupCreateRspCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  GROUP_DISBINGDING_REQ: {
    id: 0x0503,
    name: "GROUP_DISBINGDING_REQ",
    body: CIMGroupDisbandingReqCodec,
    replyId: 0x0504,
    replyBody: CIMGroupDisbandingRspCodec,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  GROUP_DISBINGDING_RSP: {
    id: 0x0504,
    name: "GROUP_DISBINGDING_RSP",
    body: CIMGroupDisbandingRspCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  GROUP_EXIT_REQ: {
    id: 0x0505,
    name: "GROUP_EXIT_REQ",
    body: CIMGroupExitReqCodec,
    replyId: 0x0506,
    replyBody: CIMGroupExitRspCodec,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  GROUP_EXIT_RSP: {
    id: 0x0506,
    name: "GROUP_EXIT_RSP",
    body: CIMGroupExitRspCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  GROUP_LIST_REQ: {
    id: 0x0507,
    name: "GROUP_LIST_REQ",
    body: CIMGroupListReqCodec,
    replyId: 0x0508,
    replyBody: CIMGroupListRspCodec,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  GROUP_LIST_RSP: {
    id: 0x0508,
    name: "GROUP_LIST_RSP",
    body: CIMGroupListRspCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  GROUP_INFO_REQ: {
    id: 0x0509,
    name: "GROUP_INFO_REQ",
    body: CIMGroupInfoReqCodec,
    replyId: 0x0510,
    replyBody: CIMGroupInfoRspCodec,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  GROUP_INFO_RSP: {
    id: 0x0510,
    name: "GROUP_INFO_RSP",
    body: CIMGroupInfoRspCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  GROUP_INVITE_MEMBER_REQ: {
    id: 0x0511,
    name: "GROUP_INVITE_MEMBER_REQ",
    body: CIMGroupInviteMemberReqCodec,
    replyId: 0x0512,
    replyBody: CIMGroupInviteMemberRspCodec,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  GROUP_INVITE_MEMBER_RSP: {
    id: 0x0512,
    name: "GROUP_INVITE_MEMBER_RSP",
    body: CIMGroupInviteMemberRspCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  GROUP_KICK_OUT_MEMBER_REQ: {
    id: 0x0513,
    name: "GROUP_KICK_OUT_MEMBER_REQ",
    body: CIMGroupKickOutMemberReqCodec,
    replyId: 0x0514,
    replyBody: CIMGroupKickOutMemberRspCodec,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  GROUP_KICK_OUT_MEMBER_RSP: {
    id: 0x0514,
    name: "GROUP_KICK_OUT_MEMBER_RSP",
    body: CIMGroupKickOutMemberRspCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  GROUP_MEMBER_CHANGED_NOTIFY: {
    id: 0x0515,
    name: "GROUP_MEMBER_CHANGED_NOTIFY",
    body: CIMGroupMemberChangedNotifyCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  GROUP_LIST_MEMBER_REQ: {
    id: 0x0516,
    name: "GROUP_LIST_MEMBER_REQ",
    body: CIMGroupMemberListReqCodec,
    replyId: 0x0517,
    replyBody: CIMGroupMemberListRspCodec,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  GROUP_LIST_MEMBER_RSP: {
    id: 0x0517,
    name: "GROUP_LIST_MEMBER_RSP",
    body: CIMGroupMemberListRspCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
  FRIEND_QUERY_USER_LIST_REQ: {
    id: 0x0601,
    name: "FRIEND_QUERY_USER_LIST_REQ",
    body: CIMFriendQueryUserListReqCodec,
    replyId: 0x0602,
    replyBody: CIMFriendQueryUserListRspCodec,
    direction: "client-to-server",
    needsLogin: true,
    replyNumberedAsPush: false,
  },
  FRIEND_QUERY_USER_LIST_RSP: {
    id: 0x0602,
    name: "FRIEND_QUERY_USER_LIST_RSP",
    body: CIMFriendQueryUserListRspCodec,
    replyId: undefined,
    replyBody: undefined,
    direction: "server-to-client",
    needsLogin: false,
    replyNumberedAsPush: false,
  },
};
