import { commands } from "../../codegen/index.ts";
import type { StoredMessage } from "../store/store.ts";
import { type Push, push, pushExceptOrigin } from "./effect.ts";

/** Pushes a stored message: what the sender sent with the server's time and id (PUSH-02). */
export function pushStored(users: readonly bigint[], message: StoredMessage, from_nick_name: string): Push {
  return push(users, commands.MSG_DATA, { ...message, from_nick_name });
}

/** The same to all but the connection that sent it (PUSH-01, PUSH-03, PUSH-04). */
export function pushToOthers(recipients: readonly bigint[], message: StoredMessage, from_nick_name: string): Push {
  const sender = message.from_user_id;
  const users = recipients.includes(sender) ? recipients : [...recipients, sender];
  return pushExceptOrigin(users, commands.MSG_DATA, { ...message, from_nick_name });
}
