import { type CIMMsgData, type CIMMsgDataAck, CIMResCode, CIMSessionType, type Partially } from "../codegen/index.ts";

/**
 * The acknowledgement with which a client confirms a pushed message (ACK-01). The client library, virtual users and
 * scripts inside k6 all send this one, so it needs nothing of Node.
 * @param receiver user id of the client that confirms
 */
export function confirmationOf(message: CIMMsgData, receiver: bigint): Partially<CIMMsgDataAck> {
  const { session_type, client_msg_id, to_session_id, from_user_id } = message;
  const isGroup = session_type === CIMSessionType.kCIM_SESSION_TYPE_GROUP;
  return {
    from_user_id: receiver,
    to_session_id: isGroup ? to_session_id : from_user_id,
    client_msg_id,
    session_type,
    res_code: CIMResCode.kCIM_RES_CODE_OK,
  };
}
