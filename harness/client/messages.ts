import { randomUUID } from "node:crypto";
import { type CIMMsgData, CIMMsgType, type CIMUserInfo, type Partially } from "../../codegen/index.ts";
import type { SessionRef } from "./session-ref.ts";

/** A message ready to be sent. */
export type NewMessage = Partially<CIMMsgData> & { readonly client_msg_id: string };

/**
 * A message with what most have: a fresh `client_msg_id`, text type, the current time.
 * @param message what differs from that
 */
export function newMessage(
  sender: CIMUserInfo | undefined,
  { session_id, session_type }: SessionRef,
  message: Partially<CIMMsgData>,
): NewMessage {
  return {
    from_user_id: sender?.user_id ?? 0n,
    from_nick_name: sender?.nick_name ?? "",
    to_session_id: session_id,
    session_type,
    create_time: Math.floor(Date.now() / 1000),
    msg_type: CIMMsgType.kCIM_MSG_TYPE_TEXT,
    ...message,
    client_msg_id: message.client_msg_id ?? randomUUID(),
  };
}
