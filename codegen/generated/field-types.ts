// Generated from proto/ by codegen/generate.ts. DO NOT EDIT.
import type { FieldTypes } from "../field-types.ts";
import { CIMErrorCode, CIMClientType, CIMSessionType, CIMMsgType, CIMMsgStatus, CIMSessionStatusType, CIMMsgFeature, CIMVoipInviteType, CIMInviteRspCode, CIMVoipByeReason, CIMResCode } from "./CIM.Def.ts";
import { CIMGroupMemberChangedType, CIMGroupType, CIMGroupJoinModel, CIMGroupBeInviteMode, CIMGroupMuteModel } from "./CIM.Group.ts";

/** Fields by message that are no plain values: an enum as its names and numbers, a message as its full name. */
export const fieldTypes: FieldTypes = {
  "CIM.Def.CIMContactSessionInfo": { session_type: CIMSessionType, session_status: CIMSessionStatusType, msg_type: CIMMsgType, msg_status: CIMMsgStatus },
  "CIM.Def.CIMMsgInfo": { msg_res_code: CIMResCode, msg_feature: CIMMsgFeature, session_type: CIMSessionType, msg_type: CIMMsgType, msg_status: CIMMsgStatus, sender_client_type: CIMClientType },
  "CIM.Friend.CIMFriendQueryUserListRsp": { user_info_list: "CIM.Def.CIMUserInfo" },
  "CIM.Group.CIMGroupCreateRsp": { group_info: "CIM.Group.CIMGroupInfo" },
  "CIM.Group.CIMGroupListRsp": { group_version_list: "CIM.Group.CIMGroupVersionInfo" },
  "CIM.Group.CIMGroupInfoReq": { group_version_list: "CIM.Group.CIMGroupVersionInfo" },
  "CIM.Group.CIMGroupInfoRsp": { group_info_list: "CIM.Group.CIMGroupInfo" },
  "CIM.Group.CIMGroupMemberChangedNotify": { changed_list: "CIM.Group.CIMGroupMemberChangedInfo" },
  "CIM.Group.CIMGroupMemberChangedInfo": { type: CIMGroupMemberChangedType },
  "CIM.Group.CIMGroupInfo": { group_type: CIMGroupType, join_model: CIMGroupJoinModel, be_invite_model: CIMGroupBeInviteMode, mute_model: CIMGroupMuteModel },
  "CIM.List.CIMRecentContactSessionRsp": { contact_session_list: "CIM.Def.CIMContactSessionInfo" },
  "CIM.List.CIMGetMsgListReq": { session_type: CIMSessionType },
  "CIM.List.CIMGetMsgListRsp": { session_type: CIMSessionType, msg_list: "CIM.Def.CIMMsgInfo" },
  "CIM.Login.CIMAuthTokenReq": { client_type: CIMClientType },
  "CIM.Login.CIMAuthTokenRsp": { result_code: CIMErrorCode, user_info: "CIM.Def.CIMUserInfo" },
  "CIM.Login.CIMAuthReq": { client_type: CIMClientType },
  "CIM.Login.CIMAuthRsp": { result_code: CIMErrorCode, user_info: "CIM.Def.CIMUserInfo" },
  "CIM.Login.CIMLogoutReq": { client_type: CIMClientType },
  "CIM.Message.CIMMsgData": { msg_type: CIMMsgType, session_type: CIMSessionType },
  "CIM.Message.CIMMsgDataAck": { res_code: CIMResCode, session_type: CIMSessionType },
  "CIM.Message.CIMMsgDataReadAck": { session_type: CIMSessionType },
  "CIM.Message.CIMMsgDataReadNotify": { session_type: CIMSessionType },
  "CIM.Message.CIMGetLatestMsgIdReq": { session_type: CIMSessionType },
  "CIM.Message.CIMGetLatestMsgIdRsp": { session_type: CIMSessionType },
  "CIM.Message.CIMGetMsgByIdReq": { session_type: CIMSessionType },
  "CIM.Message.CIMGetMsgByIdRsp": { session_type: CIMSessionType, msg_list: "CIM.Def.CIMMsgInfo" },
  "CIM.Voip.CIMVoipInviteReq": { invite_type: CIMVoipInviteType, channel_info: "CIM.Def.CIMChannelInfo" },
  "CIM.Voip.CIMVoipInviteReply": { rsp_code: CIMInviteRspCode, channel_info: "CIM.Def.CIMChannelInfo" },
  "CIM.Voip.CIMVoipInviteReplyAck": { channel_info: "CIM.Def.CIMChannelInfo" },
  "CIM.Voip.CIMVoipByeReq": { channel_info: "CIM.Def.CIMChannelInfo", bye_reason: CIMVoipByeReason },
  "CIM.Voip.CIMVoipByeRsp": { error_code: CIMErrorCode },
  "CIM.Voip.CIMVoipByeNotify": { channel_info: "CIM.Def.CIMChannelInfo", byeReason: CIMVoipByeReason },
};
