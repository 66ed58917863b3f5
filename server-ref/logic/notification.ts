import { type CIMGroupMemberChangedType, commands } from "../../codegen/index.ts";
import type { GroupChange } from "../store/groups.ts";
import type { StoredMessage } from "../store/messages.ts";
import { type Push, push } from "./effect.ts";
import { pushStored } from "./push.ts";

/**
 * The JSON text of a notification that travels in the answers of group commands: the `CIMMsgData` with the contract's
 * field names, in their order, zero values left out and `msg_data` in base64 (wire contract, section 7). Written by
 * hand, because JSON.stringify takes no ids above 2^53.
 */
export function notificationJson(notification: StoredMessage): Uint8Array {
  const { to_session_id, client_msg_id, server_msg_id, create_time, msg_type, session_type, msg_data } = notification;
  const fields = [
    `"to_session_id":${to_session_id}`,
    `"client_msg_id":${JSON.stringify(client_msg_id)}`,
    `"server_msg_id":${server_msg_id}`,
    `"create_time":${create_time}`,
    `"msg_type":${msg_type}`,
    `"session_type":${session_type}`,
    `"msg_data":"${Buffer.from(msg_data).toString("base64")}"`,
  ];
  return Buffer.from(`{${fields.join(",")}}`);
}

/** What the answer to a group command carries; empty when nothing changed. */
export function attachment(change: GroupChange): Uint8Array {
  return change.notification ? notificationJson(change.notification) : new Uint8Array();
}

/** The notification as a message to every connection of the users, those of who caused it included (GROUP-08). */
export function pushNotification(change: GroupChange, users: readonly bigint[]): Push[] {
  return change.notification ? [pushStored(users, change.notification, "")] : [];
}

/** Tells the members who came or went, and who made them (GROUP-31). */
export function pushMemberChanged(change: GroupChange, by: bigint, type: CIMGroupMemberChangedType): Push[] {
  if (change.changed.length === 0) return [];
  return [
    push(change.members, commands.GROUP_MEMBER_CHANGED_NOTIFY, {
      user_id: by,
      group_id: change.group.group_id,
      changed_list: change.changed.map((user_id) => ({ user_id, type })),
    }),
  ];
}
