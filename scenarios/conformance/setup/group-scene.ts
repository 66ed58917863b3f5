import {
  type CIMGroupInfoRsp,
  type CIMMsgData,
  type CIMMsgNotificationType,
  commands,
} from "../../../codegen/index.ts";
import { type CaseContext, type LoggedIn, type Peer, RuleFailure } from "../../../harness/runner/index.ts";
import { createGroup, readMembers, sameIds } from "./groups.ts";
import { isAccepted, message } from "./messages.ts";
import { GROUP, NOTIFICATION, SUCCESS } from "./values.ts";

/** Alice owns a group with bob and carol; mallory is no member. */
export interface Scene {
  readonly alice: LoggedIn;
  readonly bob: LoggedIn;
  readonly carol: LoggedIn;
  readonly mallory: LoggedIn;
  readonly group: bigint;
}

/** Sets the scene. */
export async function scene(t: CaseContext): Promise<Scene> {
  const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
  const [carol, mallory] = [await t.freshLogin("carol"), await t.freshLogin("mallory")];
  const group = await createGroup(t, alice.peer, [bob.user.user_id, carol.user.user_id]);
  return { alice, bob, carol, mallory, group };
}

/** Whether an answer says that the request was done. */
export function succeeded(answer: { result_code: number }): boolean {
  return answer.result_code === SUCCESS;
}

/** Sends a message to a group that must be refused. */
export async function cannotSend(t: CaseContext, peer: Peer, group: bigint): Promise<void> {
  const text = message(t, peer, group, "not allowed", { session_type: GROUP });
  await t.refused(peer, peer.send(commands.MSG_DATA, text), isAccepted);
}

/** The groups of a user, as the user sees them. */
export async function groupsOf(t: CaseContext, peer: Peer): Promise<bigint[]> {
  const list = await t.given("the group list", () => peer.ask(commands.GROUP_LIST_REQ, { user_id: peer.self ?? 0n }));
  return list.group_version_list.map((one) => one.group_id);
}

/** Asks for group info as a rule's subject. */
export async function infoOf(peer: Peer, ids: readonly bigint[]): Promise<CIMGroupInfoRsp> {
  const group_version_list = ids.map((group_id) => ({ group_id }));
  return await peer.ask(commands.GROUP_INFO_REQ, { user_id: peer.self ?? 0n, group_version_list });
}

/** Members must be exactly these. */
export async function membersAre(
  t: CaseContext,
  peer: Peer,
  group: bigint,
  expected: readonly bigint[],
): Promise<void> {
  const members = await readMembers(t, peer, group);
  t.ensure(sameIds(members, expected), `the members ${expected.join(", ")}`, `the members ${members.join(", ")}`);
}

/** The notification of a kind that has come to a peer for a group. */
export async function notification(
  peer: Peer,
  group: bigint,
  kind: CIMMsgNotificationType,
): Promise<{ push: CIMMsgData; data: Record<string, unknown> }> {
  const fits = (push: CIMMsgData): boolean =>
    push.msg_type === NOTIFICATION && push.to_session_id === group && notificationOf(push)?.notificationType === kind;
  const { message: push } = await peer.push(
    commands.MSG_DATA,
    fits,
    `a notification of kind ${kind} for group ${group}`,
  );
  return { push, data: notificationOf(push)?.data ?? {} };
}

function notificationOf(push: CIMMsgData): { notificationType: unknown; data: Record<string, unknown> } | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(push.msg_data));
  } catch {
    return undefined;
  }
}

/** The message that an answer carries as JSON (wire.md §7). */
function attached(bytes: Uint8Array): Record<string, unknown> {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new RuleFailure("attach_notificatino_msg holds the notification as JSON", `it holds "${text.slice(0, 100)}"`);
  }
}

/** The notification that an answer carries must be of this group and kind. */
export function checkAttached(t: CaseContext, bytes: Uint8Array, group: bigint, kind: CIMMsgNotificationType): void {
  const json = attached(bytes);
  t.equal(json["to_session_id"], Number(group), "to_session_id in attach_notificatino_msg");
  t.equal(json["msg_type"], NOTIFICATION, "msg_type in attach_notificatino_msg");
  t.equal(json["session_type"], GROUP, "session_type in attach_notificatino_msg");
  const content = Buffer.from(String(json["msg_data"]), "base64").toString();
  t.equal((JSON.parse(content) as { notificationType: unknown }).notificationType, kind, "the kind in its msg_data");
}
