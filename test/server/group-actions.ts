import { expect } from "vitest";
import {
  type CIMContactSessionInfo,
  type CIMGroupCreateRsp,
  type CIMGroupDisbandingRsp,
  type CIMGroupExitRsp,
  type CIMGroupInfo,
  type CIMGroupInviteMemberRsp,
  type CIMGroupKickOutMemberRsp,
  type CIMMsgData,
  commands,
} from "../../codegen/index.ts";
import type { CimClient } from "../../harness/client/index.ts";

/** A group notification's content (CONTENT-07). */
export interface NotificationContent {
  notificationType: number;
  data: Record<string, unknown>;
}

/** Asks for a group without expecting any outcome. */
export function askToCreate(by: CimClient, member_id_list: bigint[], group_name = "team"): Promise<CIMGroupCreateRsp> {
  return by.request(commands.GROUP_CREATE_DEFAULT_REQ, { user_id: by.userId, group_name, member_id_list });
}

/** A new group's id. */
export async function createGroup(by: CimClient, members: CimClient[], group_name = "team"): Promise<bigint> {
  const ids = members.map(({ userId }) => userId);
  const { result_code, group_info } = await askToCreate(by, ids, group_name);
  if (result_code !== 200 || !group_info) throw new Error(`creating a group answered ${result_code}`);
  return group_info.group_id;
}

export function invite(by: CimClient, group_id: bigint, ids: bigint[]): Promise<CIMGroupInviteMemberRsp> {
  return by.request(commands.GROUP_INVITE_MEMBER_REQ, { user_id: by.userId, group_id, member_id_list: ids });
}

export function kick(by: CimClient, group_id: bigint, ids: bigint[]): Promise<CIMGroupKickOutMemberRsp> {
  return by.request(commands.GROUP_KICK_OUT_MEMBER_REQ, { user_id: by.userId, group_id, member_id_list: ids });
}

export function leave(by: CimClient, group_id: bigint): Promise<CIMGroupExitRsp> {
  return by.request(commands.GROUP_EXIT_REQ, { user_id: by.userId, group_id });
}

export function disband(by: CimClient, group_id: bigint): Promise<CIMGroupDisbandingRsp> {
  return by.request(commands.GROUP_DISBINGDING_REQ, { user_id: by.userId, group_id });
}

/** Ids of the groups a user is in, ascending. */
export async function groupsOf(client: CimClient): Promise<bigint[]> {
  const { group_version_list } = await client.request(commands.GROUP_LIST_REQ, { user_id: client.userId });
  return sorted(group_version_list.map(({ group_id }) => group_id));
}

/** Ids of a group's members as one of them sees them, ascending. */
export async function membersOf(client: CimClient, group_id: bigint): Promise<bigint[]> {
  const request = { user_id: client.userId, group_id };
  return sorted((await client.request(commands.GROUP_LIST_MEMBER_REQ, request)).member_id_list);
}

/** Ids in ascending order. */
export function sorted(ids: Iterable<bigint>): bigint[] {
  return [...ids].sort((a, b) => (a < b ? -1 : Number(a > b)));
}

/** The content of a message that the server made. */
export function contentOf({ msg_data }: { msg_data: Uint8Array }): NotificationContent {
  return JSON.parse(Buffer.from(msg_data).toString()) as NotificationContent;
}

/** The next notification of a kind in a group. */
export async function notificationOf(client: CimClient, group_id: bigint, kind: number): Promise<CIMMsgData> {
  const isOne = (message: CIMMsgData): boolean =>
    message.session_type === 2 &&
    message.to_session_id === group_id &&
    message.msg_type === 9 &&
    contentOf(message).notificationType === kind;
  return (await client.waitFor(commands.MSG_DATA, isOne)).message;
}

/** Kinds of group notifications (CONTENT-07). */
export const CREATED: number = 1;
export const INVITED: number = 2;
export const KICKED: number = 3;
export const LEFT: number = 4;
export const DISBANDED: number = 6;

/** The groups that a look-up finds. */
export async function infoOf(client: CimClient, ...group_ids: bigint[]): Promise<CIMGroupInfo[]> {
  const group_version_list = group_ids.map((group_id) => ({ group_id, group_version: 0 }));
  const answer = await client.request(commands.GROUP_INFO_REQ, { user_id: client.userId, group_version_list });
  expect(answer).toMatchObject({ user_id: client.userId, result_code: 200 });
  return answer.group_info_list;
}

function attachedTo(answer: { attach_notificatino_msg: Uint8Array }): Record<string, unknown> {
  return JSON.parse(Buffer.from(answer.attach_notificatino_msg).toString()) as Record<string, unknown>;
}

/** That the answer carries this notification (wire contract, section 7). */
export function expectAttachment(
  answer: { attach_notificatino_msg: Uint8Array },
  group_id: bigint,
  kind: number,
): void {
  const attached = attachedTo(answer);
  expect(attached).toMatchObject({ to_session_id: Number(group_id), msg_type: 9, session_type: 2 });
  const content = JSON.parse(Buffer.from(attached["msg_data"] as string, "base64").toString()) as unknown;
  expect(content).toMatchObject({ notificationType: kind, data: { groupId: String(group_id) } });
}

/** The group's entry in a user's session list. */
export async function sessionOf(client: CimClient, group: bigint): Promise<CIMContactSessionInfo | undefined> {
  const { contact_session_list } = await client.sessions();
  return contact_session_list.find(({ session_id, session_type }) => session_id === group && session_type === 2);
}

/** How many messages of the group the user has not read. */
export async function unreadOf(client: CimClient, group: bigint): Promise<number> {
  return (await sessionOf(client, group))?.unread_cnt ?? 0;
}
