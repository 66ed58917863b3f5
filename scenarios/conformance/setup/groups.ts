import { type CIMGroupCreateRsp, type CIMGroupInfo, commands } from "../../../codegen/index.ts";
import type { CaseContext, Peer } from "../../../harness/runner/index.ts";
import { SUCCESS } from "./values.ts";

/** Creates a group that a case builds on. @returns its id */
export async function createGroup(
  t: CaseContext,
  owner: Peer,
  members: readonly bigint[],
  name: string = "team",
): Promise<bigint> {
  const answer = await createGroupFully(t, owner, members, name);
  return answer.group_info.group_id;
}

/** Like {@link createGroup}, with the whole answer. */
export async function createGroupFully(
  t: CaseContext,
  owner: Peer,
  members: readonly bigint[],
  name: string = "team",
): Promise<CIMGroupCreateRsp & { group_info: CIMGroupInfo }> {
  const answer = await t.given(`creating a group by ${owner.name}`, () =>
    owner.ask(commands.GROUP_CREATE_DEFAULT_REQ, {
      user_id: owner.self ?? 0n,
      group_name: name,
      member_id_list: [...members],
    }),
  );
  const group = answer.group_info;
  t.requires(answer.result_code === SUCCESS && group !== undefined && group.group_id !== 0n, "no group was created");
  return answer as CIMGroupCreateRsp & { group_info: CIMGroupInfo };
}

/** Members of a group, as one of them sees them. */
export async function readMembers(t: CaseContext, peer: Peer, group: bigint): Promise<bigint[]> {
  const answer = await t.given("the member list", () =>
    peer.ask(commands.GROUP_LIST_MEMBER_REQ, { user_id: peer.self ?? 0n, group_id: group }),
  );
  return answer.member_id_list;
}

/** Whether a list of ids holds the same ids as another, each once. */
export function sameIds(one: readonly bigint[], other: readonly bigint[]): boolean {
  return one.length === other.length && [...one].sort().join() === [...other].sort().join();
}

/** Takes members in, as something that a case builds on: what counts is that they are members, not the answer. */
export async function invite(t: CaseContext, by: Peer, group: bigint, ids: readonly bigint[]): Promise<void> {
  by.send(commands.GROUP_INVITE_MEMBER_REQ, { user_id: by.self ?? 0n, group_id: group, member_id_list: [...ids] });
  await t.given("a fence behind the invitation", () => by.fence());
  const members = await readMembers(t, by, group);
  t.requires(
    ids.every((id) => members.includes(id)),
    "the invited users did not become members",
  );
}

/** Removes members, as something that a case builds on. */
export async function kick(t: CaseContext, by: Peer, group: bigint, ids: readonly bigint[]): Promise<void> {
  by.send(commands.GROUP_KICK_OUT_MEMBER_REQ, { user_id: by.self ?? 0n, group_id: group, member_id_list: [...ids] });
  await t.given("a fence behind the removal", () => by.fence());
  const members = await readMembers(t, by, group);
  t.requires(!ids.some((id) => members.includes(id)), "the removed users are still members");
}

/** Leaves a group, as something that a case builds on. */
export async function leave(t: CaseContext, peer: Peer, group: bigint): Promise<void> {
  peer.send(commands.GROUP_EXIT_REQ, { user_id: peer.self ?? 0n, group_id: group });
  await t.given("a fence behind the exit", () => peer.fence());
  const list = await t.given("the group list", () => peer.ask(commands.GROUP_LIST_REQ, { user_id: peer.self ?? 0n }));
  t.requires(!list.group_version_list.some((one) => one.group_id === group), `${peer.name} could not leave the group`);
}

/** Ends a group, as something that a case builds on. */
export async function disband(t: CaseContext, owner: Peer, group: bigint): Promise<void> {
  owner.send(commands.GROUP_DISBINGDING_REQ, { user_id: owner.self ?? 0n, group_id: group });
  await t.given("a fence behind the disband", () => owner.fence());
}
