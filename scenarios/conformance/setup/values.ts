import { CIMErrorCode, CIMInviteRspCode, CIMMsgType, CIMResCode, CIMSessionType } from "../../../codegen/index.ts";

// Values of the contract that many cases name, under short names.

/** Session type of a conversation of two users. */
export const SINGLE: typeof CIMSessionType.kCIM_SESSION_TYPE_SINGLE = CIMSessionType.kCIM_SESSION_TYPE_SINGLE;
/** Session type of a group. */
export const GROUP: typeof CIMSessionType.kCIM_SESSION_TYPE_GROUP = CIMSessionType.kCIM_SESSION_TYPE_GROUP;

/** Type of a message that holds text. */
export const TEXT: typeof CIMMsgType.kCIM_MSG_TYPE_TEXT = CIMMsgType.kCIM_MSG_TYPE_TEXT;
/** Type of a message that the server makes to tell what happened to a group. */
export const NOTIFICATION: typeof CIMMsgType.kCIM_MSG_TYPE_NOTIFACATION = CIMMsgType.kCIM_MSG_TYPE_NOTIFACATION;

/** `res_code` of a message that was taken. */
export const ACCEPTED: typeof CIMResCode.kCIM_RES_CODE_OK = CIMResCode.kCIM_RES_CODE_OK;
/** `result_code` and `error_code` of a request that was done. */
export const SUCCESS: typeof CIMErrorCode.kCIM_ERR_SUCCESS = CIMErrorCode.kCIM_ERR_SUCCESS;

/** `rsp_code` of the server, which has taken an invitation. */
export const TRYING: typeof CIMInviteRspCode.kCIM_VOIP_INVITE_CODE_TRYING =
  CIMInviteRspCode.kCIM_VOIP_INVITE_CODE_TRYING;
/** `rsp_code` of a called user whose device rings. */
export const RINGING: typeof CIMInviteRspCode.kCIM_VOIP_INVITE_CODE_RINGING =
  CIMInviteRspCode.kCIM_VOIP_INVITE_CODE_RINGING;
/** `rsp_code` of a called user who takes the call. */
export const ANSWERED: typeof CIMInviteRspCode.KCIM_VOIP_INVITE_CODE_OK = CIMInviteRspCode.KCIM_VOIP_INVITE_CODE_OK;

/** Times of the session list have a grain of one second; so many milliseconds later is surely another second. */
export const NEXT_SECOND_MS = 1_100;
