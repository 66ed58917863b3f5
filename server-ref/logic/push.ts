import { CIMMsgType, commands } from "../../codegen/index.ts";
import type { StoredMessage } from "../store/messages.ts";
import { type Push, push, pushExceptOrigin } from "./effect.ts";

/** Pushes a stored message: what the sender sent with the server's time and id (PUSH-02). */
export function pushStored(users: readonly bigint[], message: StoredMessage, from_nick_name: string): Push {
  return awaitConfirmation(push(users, commands.MSG_DATA, { ...message, from_nick_name }), message);
}

/** The same to all but the connection that sent it (PUSH-01, PUSH-03, PUSH-04). */
export function pushToOthers(recipients: readonly bigint[], message: StoredMessage, from_nick_name: string): Push {
  const sender = message.from_user_id;
  const users = recipients.includes(sender) ? recipients : [...recipients, sender];
  const pushed = pushExceptOrigin(users, commands.MSG_DATA, { ...message, from_nick_name });
  return { ...awaitConfirmation(pushed, message), once: `${sender}:${message.client_msg_id}` };
}

/** Clients confirm what they are pushed, the answers of robots excepted (ACK-05). */
function awaitConfirmation(pushed: Push, { msg_type, client_msg_id }: StoredMessage): Push {
  return msg_type === CIMMsgType.kCIM_MSG_TYPE_ROBOT ? pushed : { ...pushed, confirmedBy: client_msg_id };
}
