import { CIMMsgNotificationType as Kind } from "../../codegen/index.ts";

/** What a group notification is about. */
export interface NotificationFacts {
  group_id: bigint;
  group_name: string;
  /** The user who acted: creator, inviter, owner or the one who left. */
  by: bigint;
  /** Members who were added, removed or left; at creation the members without the owner. */
  changed: readonly bigint[];
  /** Stored nicknames of `by` and `changed`, as far as there are any. */
  nicknames: ReadonlyMap<bigint, string>;
}

/** The content of a group notification (type 9) (CONTENT-07). All ids in it are strings. */
export function notificationContent(kind: Kind, facts: NotificationFacts): Uint8Array {
  return Buffer.from(JSON.stringify({ notificationType: kind, data: notificationData(kind, facts) }));
}

function notificationData(kind: Kind, facts: NotificationFacts): Record<string, unknown> {
  const groupId = String(facts.group_id);
  const by = String(facts.by);
  const ids = facts.changed.map(String);
  const nickNames = facts.changed.map((id) => facts.nicknames.get(id) ?? "");
  switch (kind) {
    case Kind.kCIM_MSG_NOTIFICATION_GROUP_CREATE: {
      const ownerNick = facts.nicknames.get(facts.by) ?? "";
      return { groupId, groupName: facts.group_name, owner: by, ownerNick, ids, nickNames };
    }
    case Kind.kCIM_MSG_NOTIFICATION_GROUP_BE_INVITE:
      return { groupId, userId: by, ids, nickNames };
    case Kind.kCIM_MSG_NOTIFICATION_GROUP_KICK:
      return { groupId, ownerUserId: by, ids, nickNames };
    case Kind.kCIM_MSG_NOTIFICATION_GROUP_LEAVE:
      return { groupId, ids, nickNames };
    default:
      return { groupId };
  }
}
