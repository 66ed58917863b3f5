// Generated from proto/ by codegen/generate.ts. DO NOT EDIT.
import type { BodyCodec } from "../command.ts";
import { CIMUserInfoCodec, CIMContactSessionInfoCodec, CIMMsgInfoCodec, CIMChannelInfoCodec } from "./CIM.Def.codec.ts";
import { CIMFriendQueryUserListReqCodec, CIMFriendQueryUserListRspCodec } from "./CIM.Friend.codec.ts";
import { CIMGroupCreateReqCodec, CIMGroupCreateRspCodec, CIMGroupDisbandingReqCodec, CIMGroupDisbandingRspCodec, CIMGroupExitReqCodec, CIMGroupExitRspCodec, CIMGroupListReqCodec, CIMGroupListRspCodec, CIMGroupInfoReqCodec, CIMGroupInfoRspCodec, CIMGroupInviteMemberReqCodec, CIMGroupInviteMemberRspCodec, CIMGroupKickOutMemberReqCodec, CIMGroupKickOutMemberRspCodec, CIMGroupMemberListReqCodec, CIMGroupMemberListRspCodec, CIMGroupMemberChangedNotifyCodec, CIMGroupMemberChangedInfoCodec, CIMGroupInfoCodec, CIMGroupVersionInfoCodec } from "./CIM.Group.codec.ts";
import { CIMRecentContactSessionReqCodec, CIMRecentContactSessionRspCodec, CIMGetMsgListReqCodec, CIMGetMsgListRspCodec } from "./CIM.List.codec.ts";
import { CIMAuthTokenReqCodec, CIMAuthTokenRspCodec, CIMAuthReqCodec, CIMAuthRspCodec, CIMLogoutReqCodec, CIMLogoutRspCodec, CIMHeartBeatCodec } from "./CIM.Login.codec.ts";
import { CIMMsgDataCodec, CIMMsgDataAckCodec, CIMMsgDataReadAckCodec, CIMMsgDataReadNotifyCodec, CIMGetLatestMsgIdReqCodec, CIMGetLatestMsgIdRspCodec, CIMGetMsgByIdReqCodec, CIMGetMsgByIdRspCodec } from "./CIM.Message.codec.ts";
import { CIMVoipInviteReqCodec, CIMVoipInviteReplyCodec, CIMVoipInviteReplyAckCodec, CIMVoipHeartbeatCodec, CIMVoipByeReqCodec, CIMVoipByeRspCodec, CIMVoipByeNotifyCodec } from "./CIM.Voip.codec.ts";

/** The codec of every message of the contract by its full name. */
export const messageCodecs: Readonly<Record<string, BodyCodec<unknown>>> = {
  "CIM.Def.CIMUserInfo": CIMUserInfoCodec as BodyCodec<unknown>,
  "CIM.Def.CIMContactSessionInfo": CIMContactSessionInfoCodec as BodyCodec<unknown>,
  "CIM.Def.CIMMsgInfo": CIMMsgInfoCodec as BodyCodec<unknown>,
  "CIM.Def.CIMChannelInfo": CIMChannelInfoCodec as BodyCodec<unknown>,
  "CIM.Friend.CIMFriendQueryUserListReq": CIMFriendQueryUserListReqCodec as BodyCodec<unknown>,
  "CIM.Friend.CIMFriendQueryUserListRsp": CIMFriendQueryUserListRspCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupCreateReq": CIMGroupCreateReqCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupCreateRsp": CIMGroupCreateRspCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupDisbandingReq": CIMGroupDisbandingReqCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupDisbandingRsp": CIMGroupDisbandingRspCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupExitReq": CIMGroupExitReqCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupExitRsp": CIMGroupExitRspCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupListReq": CIMGroupListReqCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupListRsp": CIMGroupListRspCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupInfoReq": CIMGroupInfoReqCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupInfoRsp": CIMGroupInfoRspCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupInviteMemberReq": CIMGroupInviteMemberReqCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupInviteMemberRsp": CIMGroupInviteMemberRspCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupKickOutMemberReq": CIMGroupKickOutMemberReqCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupKickOutMemberRsp": CIMGroupKickOutMemberRspCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupMemberListReq": CIMGroupMemberListReqCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupMemberListRsp": CIMGroupMemberListRspCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupMemberChangedNotify": CIMGroupMemberChangedNotifyCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupMemberChangedInfo": CIMGroupMemberChangedInfoCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupInfo": CIMGroupInfoCodec as BodyCodec<unknown>,
  "CIM.Group.CIMGroupVersionInfo": CIMGroupVersionInfoCodec as BodyCodec<unknown>,
  "CIM.List.CIMRecentContactSessionReq": CIMRecentContactSessionReqCodec as BodyCodec<unknown>,
  "CIM.List.CIMRecentContactSessionRsp": CIMRecentContactSessionRspCodec as BodyCodec<unknown>,
  "CIM.List.CIMGetMsgListReq": CIMGetMsgListReqCodec as BodyCodec<unknown>,
  "CIM.List.CIMGetMsgListRsp": CIMGetMsgListRspCodec as BodyCodec<unknown>,
  "CIM.Login.CIMAuthTokenReq": CIMAuthTokenReqCodec as BodyCodec<unknown>,
  "CIM.Login.CIMAuthTokenRsp": CIMAuthTokenRspCodec as BodyCodec<unknown>,
  "CIM.Login.CIMAuthReq": CIMAuthReqCodec as BodyCodec<unknown>,
  "CIM.Login.CIMAuthRsp": CIMAuthRspCodec as BodyCodec<unknown>,
  "CIM.Login.CIMLogoutReq": CIMLogoutReqCodec as BodyCodec<unknown>,
  "CIM.Login.CIMLogoutRsp": CIMLogoutRspCodec as BodyCodec<unknown>,
  "CIM.Login.CIMHeartBeat": CIMHeartBeatCodec as BodyCodec<unknown>,
  "CIM.Message.CIMMsgData": CIMMsgDataCodec as BodyCodec<unknown>,
  "CIM.Message.CIMMsgDataAck": CIMMsgDataAckCodec as BodyCodec<unknown>,
  "CIM.Message.CIMMsgDataReadAck": CIMMsgDataReadAckCodec as BodyCodec<unknown>,
  "CIM.Message.CIMMsgDataReadNotify": CIMMsgDataReadNotifyCodec as BodyCodec<unknown>,
  "CIM.Message.CIMGetLatestMsgIdReq": CIMGetLatestMsgIdReqCodec as BodyCodec<unknown>,
  "CIM.Message.CIMGetLatestMsgIdRsp": CIMGetLatestMsgIdRspCodec as BodyCodec<unknown>,
  "CIM.Message.CIMGetMsgByIdReq": CIMGetMsgByIdReqCodec as BodyCodec<unknown>,
  "CIM.Message.CIMGetMsgByIdRsp": CIMGetMsgByIdRspCodec as BodyCodec<unknown>,
  "CIM.Voip.CIMVoipInviteReq": CIMVoipInviteReqCodec as BodyCodec<unknown>,
  "CIM.Voip.CIMVoipInviteReply": CIMVoipInviteReplyCodec as BodyCodec<unknown>,
  "CIM.Voip.CIMVoipInviteReplyAck": CIMVoipInviteReplyAckCodec as BodyCodec<unknown>,
  "CIM.Voip.CIMVoipHeartbeat": CIMVoipHeartbeatCodec as BodyCodec<unknown>,
  "CIM.Voip.CIMVoipByeReq": CIMVoipByeReqCodec as BodyCodec<unknown>,
  "CIM.Voip.CIMVoipByeRsp": CIMVoipByeRspCodec as BodyCodec<unknown>,
  "CIM.Voip.CIMVoipByeNotify": CIMVoipByeNotifyCodec as BodyCodec<unknown>,
};
