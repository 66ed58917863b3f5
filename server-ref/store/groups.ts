import type { StoredMessage } from "./messages.ts";

/** A group that is not disbanded. */
export interface Group {
  group_id: bigint;
  group_name: string;
  group_owner_id: bigint;
  /** `CIMGroupMuteModel`: whether everybody but the owner is muted (GROUP-33). */
  mute_model: number;
  /** Unix seconds. */
  create_time: number;
  update_time: number;
}

/** Why a group operation was refused; nothing has changed. */
export type GroupRefusal =
  | "no-such-group"
  | "not-the-owner"
  | "not-a-member"
  | "owner-cannot-leave"
  | "too-many-members";

/** A group operation that was refused. */
export interface Refused {
  outcome: "refused";
  reason: GroupRefusal;
}

/**
 * A group operation that took effect. Whatever changes a group stores its notification, in the same transaction, as
 * the group's next message from user 0 (HIST-13); its content is made by `notification-content.ts`.
 */
export interface GroupChange {
  outcome: "done";
  group: Group;
  /** Who was added or removed by this operation, each once. */
  changed: bigint[];
  /** Members after the operation, owner included; after a disband those who were members until then. */
  members: bigint[];
  /** The notification; undefined when nothing changed (GROUP-22, GROUP-27). */
  notification: StoredMessage | undefined;
}

/** Who changes a group, and what its notification needs that the store cannot make itself. */
export interface GroupAct {
  group_id: bigint;
  /** The user who acts. */
  by: bigint;
  /** Of the notification. */
  client_msg_id: string;
  /** Unix seconds. */
  now: number;
}

/** Groups and membership. */
export interface GroupOperations {
  /** Makes a group with its members and their sessions; `members` may repeat ids and name the owner (GROUP-03). */
  createGroup(
    act: Omit<GroupAct, "group_id"> & { group_name: string; members: readonly bigint[]; limit: number },
  ): Promise<GroupChange | Refused>;
  /** Owner only (GROUP-11). The group and its sessions disappear for everybody (GROUP-12). */
  disbandGroup(act: GroupAct): Promise<GroupChange | Refused>;
  /** `by` leaves; the owner may not (GROUP-14, GROUP-15). */
  leaveGroup(act: GroupAct): Promise<GroupChange | Refused>;
  /** Members may add anyone, up to `limit` members in all, or nobody at all (GROUP-09, GROUP-21..23). */
  addMembers(act: GroupAct & { members: readonly bigint[]; limit: number }): Promise<GroupChange | Refused>;
  /** Owner only; the owner and non-members stay as they are (GROUP-26, GROUP-27). */
  removeMembers(act: GroupAct & { members: readonly bigint[] }): Promise<GroupChange | Refused>;
  /** Ids of the groups that the user is a member of (GROUP-18). */
  groupsOf(userId: bigint): Promise<bigint[]>;
  /** Those of the groups that exist and are not disbanded (GROUP-19). */
  groups(groupIds: readonly bigint[]): Promise<Group[]>;
  /** Current members, owner included; undefined when the group does not exist (GROUP-30). */
  members(groupId: bigint): Promise<bigint[] | undefined>;
}
