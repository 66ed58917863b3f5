import { type CIMMsgData, commands } from "../../codegen/index.ts";
import {
  type CaseContext,
  type ConformanceCase,
  type Peer,
  RuleFailure,
  type TestUser,
} from "../../harness/runner/index.ts";
import { entryOf, readHistory, readSessions } from "./conversations.ts";
import { defineCase } from "./define.ts";
import { createGroup, disband, invite, kick, leave, readMembers, sameIds } from "./group-setup.ts";
import { GROUP, isAccepted, message, pushesOf, pushFence, pushOf, SINGLE, sendMessage } from "./messages.ts";

/** Most members of a normal group, the creator included (GROUP-09). */
const MEMBER_LIMIT = 200;
const OK = 200;

interface Side {
  readonly user: TestUser;
  readonly peer: Peer;
}

/** Alice owns a group with bob and carol; mallory is no member. */
interface Scene {
  readonly alice: Side;
  readonly bob: Side;
  readonly carol: Side;
  readonly mallory: Side;
  readonly group: bigint;
}

async function scene(t: CaseContext): Promise<Scene> {
  const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
  const [carol, mallory] = [await t.freshLogin("carol"), await t.freshLogin("mallory")];
  const group = await createGroup(t, alice.peer, [bob.user.user_id, carol.user.user_id]);
  return { alice, bob, carol, mallory, group };
}

const succeeded = (answer: { result_code: number }): boolean => answer.result_code === OK;

/** Sends a message to a group that must be refused. */
async function cannotSend(t: CaseContext, peer: Peer, group: bigint): Promise<void> {
  const text = message(t, peer, group, "not allowed", { session_type: GROUP });
  await t.refused(peer, peer.send(commands.MSG_DATA, text), isAccepted);
}

async function groupsOf(t: CaseContext, peer: Peer): Promise<bigint[]> {
  const list = await t.given("the group list", () => peer.ask(commands.GROUP_LIST_REQ, { user_id: peer.self ?? 0n }));
  return list.group_version_list.map((one) => one.group_id);
}

async function infoOf(peer: Peer, ids: readonly bigint[]) {
  const group_version_list = ids.map((group_id) => ({ group_id }));
  return await peer.ask(commands.GROUP_INFO_REQ, { user_id: peer.self ?? 0n, group_version_list });
}

/** Members must be exactly these. */
async function membersAre(t: CaseContext, peer: Peer, group: bigint, expected: readonly bigint[]): Promise<void> {
  const members = await readMembers(t, peer, group);
  t.ensure(sameIds(members, expected), `the members ${expected.join(", ")}`, `the members ${members.join(", ")}`);
}

/** The notification of a kind that has come to a peer for a group. */
async function notification(
  peer: Peer,
  group: bigint,
  kind: number,
): Promise<{ push: CIMMsgData; data: Record<string, unknown> }> {
  const fits = (push: CIMMsgData): boolean =>
    push.msg_type === 9 && push.to_session_id === group && notificationOf(push)?.notificationType === kind;
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

function checkAttached(t: CaseContext, bytes: Uint8Array, group: bigint, kind: number): void {
  const json = attached(bytes);
  t.equal(json["to_session_id"], Number(group), "to_session_id in attach_notificatino_msg");
  t.equal(json["msg_type"], 9, "msg_type in attach_notificatino_msg");
  t.equal(json["session_type"], 2, "session_type in attach_notificatino_msg");
  const content = Buffer.from(String(json["msg_data"]), "base64").toString();
  t.equal((JSON.parse(content) as { notificationType: unknown }).notificationType, kind, "the kind in its msg_data");
}

/** GROUP: creating, membership, permissions and notifications. */
export const groupCases: readonly ConformanceCase[] = [
  defineCase(
    {
      id: "GROUP-01/create",
      title: "anyone creates a group; the creator is a member and the others need not agree",
      steps: ["alice creates a group with bob and carol", "all three are members"],
    },
    async (t) => {
      const [alice, bob, carol] = [await t.freshLogin("alice"), await t.user(), await t.user()];
      const request = { user_id: alice.user.user_id, group_name: "team", member_id_list: [bob.user_id, carol.user_id] };
      const answer = await alice.peer.ask(commands.GROUP_CREATE_DEFAULT_REQ, request);
      const group = answer.group_info?.group_id ?? 0n;
      t.ensure(group !== 0n, "group_info with a group_id", `result_code ${answer.result_code} without it`);
      await membersAre(t, alice.peer, group, [alice.user.user_id, bob.user_id, carol.user_id]);
    },
  ),
  defineCase(
    {
      id: "GROUP-02/answer",
      title: "the answer describes the group",
      steps: ["alice creates a group with bob and carol", "compare every field of the answer"],
    },
    async (t) => {
      const [alice, bob, carol] = [await t.freshLogin("alice"), await t.user(), await t.user()];
      const members = [bob.user_id, carol.user_id];
      const request = { user_id: alice.user.user_id, group_name: "our team", member_id_list: members };
      const answer = await alice.peer.ask(commands.GROUP_CREATE_DEFAULT_REQ, request);
      t.equal(answer.user_id, alice.user.user_id, "user_id");
      t.equal(answer.result_code, OK, "result_code");
      t.equal(answer.member_id_list, [...members, alice.user.user_id], "member_id_list");
      const info = t.present(answer.group_info, "group_info", "none");
      t.equal([info.group_name, info.group_type], ["our team", 1], "group_name and group_type");
      t.equal([info.join_model, info.be_invite_model, info.mute_model], [0, 0, 0], "join, invite and mute mode");
      t.equal(info.group_owner_id, alice.user.user_id, "group_owner_id");
      t.equal(info.update_time, info.create_time, "update_time (as create_time)");
      const off = Math.abs(info.create_time - Date.now() / 1_000);
      t.ensure(off < 3_600, "create_time in Unix seconds", `${info.create_time}`);
      t.equal([info.group_intro, info.announcement, info.group_avatar], ["", "", ""], "intro, announcement and avatar");
      checkAttached(t, answer.attach_notificatino_msg, info.group_id, 1);
    },
  ),
  defineCase(
    {
      id: "GROUP-03/members-are-a-set",
      title: "a member named twice, or the creator named, is a member once",
      steps: [
        "alice creates a group with bob, bob and herself",
        "two members, one session each, one notification each",
      ],
    },
    async (t) => {
      const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
      const ids = [bob.user.user_id, bob.user.user_id, alice.user.user_id];
      const group = await createGroup(t, alice.peer, ids);
      await membersAre(t, alice.peer, group, [alice.user.user_id, bob.user.user_id]);
      for (const { peer } of [alice, bob]) entryOf(await readSessions(t, peer), group, GROUP);
      await pushFence(t, alice.peer, bob.peer, { id: group, type: GROUP });
      const told = bob.peer.seen(commands.MSG_DATA, (push) => push.msg_type === 9 && push.to_session_id === group);
      t.ensure(told.length <= 1, "one notification to bob", `${told.length} notifications`);
    },
  ),
  defineCase(
    {
      id: "GROUP-04/group-of-one",
      title: "a group without other members is legal",
      steps: ["alice creates a group with an empty list", "200; she is the only member"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const request = { user_id: alice.user.user_id, group_name: "alone" };
      const answer = await alice.peer.ask(commands.GROUP_CREATE_DEFAULT_REQ, request);
      t.equal(answer.result_code, OK, "result_code");
      await membersAre(t, alice.peer, answer.group_info?.group_id ?? 0n, [alice.user.user_id]);
    },
  ),
  defineCase(
    {
      id: "GROUP-05/made-up-name",
      title: "a group without a name gets one from nicknames, cut to the limit",
      steps: ["alice creates a group of six without a name", "200, and a name"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const members = (await t.users(5)).map((user) => user.user_id);
      const request = { user_id: alice.user.user_id, group_name: "", member_id_list: members };
      const answer = await alice.peer.ask(commands.GROUP_CREATE_DEFAULT_REQ, request);
      t.equal(answer.result_code, OK, "result_code");
      const name = answer.group_info?.group_name ?? "";
      t.ensure(name !== "", "a group_name", "none");
      t.ensure([...name].length <= 128, "a group_name within the limit", `${[...name].length} characters`);
    },
  ),
  defineCase(
    {
      id: "GROUP-06/thirty-two-characters",
      title: "a name of 32 characters works",
      steps: ["create a group with a name of 32 characters", "200, and the name comes back whole"],
    },
    async (t) => await named(t, "名".repeat(32)),
  ),
  defineCase(
    {
      id: "GROUP-06/a-hundred-and-twenty-eight",
      level: "should",
      title: "a name of 128 characters works",
      steps: ["create a group with a name of 128 characters", "200, and the name comes back whole"],
    },
    async (t) => await named(t, "x".repeat(128)),
  ),
  defineCase(
    {
      id: "GROUP-06/longer-refused",
      title: "a longer name is refused",
      steps: ["create a group with a name of 129 characters", "no success"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      await createGroup(t, alice.peer, []);
      const request = { user_id: alice.user.user_id, group_name: "x".repeat(129) };
      const sent = alice.peer.send(commands.GROUP_CREATE_DEFAULT_REQ, request, { wrong: "name too long" });
      await t.refused(alice.peer, sent, succeeded);
    },
  ),
  defineCase(
    {
      id: "GROUP-07/session-for-all",
      title: "every member gets a group session, the creator and those offline included",
      steps: ["alice creates a group with bob, who is offline", "both lists hold the group"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const bob = await t.user();
      const group = await createGroup(t, alice.peer, [bob.user_id]);
      entryOf(await readSessions(t, alice.peer), group, GROUP);
      entryOf(await readSessions(t, await t.login(bob, "bob")), group, GROUP);
    },
  ),
  defineCase(
    {
      id: "GROUP-08/creation-notification",
      title: "the creation is stored as the group's first message and pushed to the members online",
      steps: ["alice creates a group with bob", "bob gets the notification of kind 1; the history begins with it"],
    },
    async (t) => {
      const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
      const group = await createGroup(t, alice.peer, [bob.user.user_id]);
      const { push } = await notification(bob.peer, group, 1);
      t.equal([push.session_type, push.from_user_id], [GROUP, 0n], "session_type and from_user_id of the push");
      const [first] = await readHistory(t, bob.peer, { session: group, type: GROUP });
      t.equal(first?.msg_type, 9, "msg_type of the group's first message");
    },
  ),
  defineCase(
    {
      id: "GROUP-09/two-hundred-members",
      title: "a group of 200 is made, one of 201 refused as a whole",
      steps: ["create with 199 others: 200", "create with 200 others: refused, and nobody is a member"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const strangers = Array.from({ length: MEMBER_LIMIT }, (_, index) => 1_800_000_000n + BigInt(index));
      const group = await createGroup(t, alice.peer, strangers.slice(1));
      t.equal((await readMembers(t, alice.peer, group)).length, MEMBER_LIMIT, "the number of members");
      const before = await groupsOf(t, alice.peer);
      const request = { user_id: alice.user.user_id, group_name: "too many", member_id_list: strangers };
      await t.refused(alice.peer, alice.peer.send(commands.GROUP_CREATE_DEFAULT_REQ, request), succeeded);
      t.equal((await groupsOf(t, alice.peer)).length, before.length, "the number of alice's groups");
    },
  ),
  defineCase(
    {
      id: "GROUP-09/inviting-beyond",
      title: "inviting beyond 200 is refused as a whole",
      steps: ["a group of 199", "invite two: refused, still 199", "invite one: 200"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const strangers = Array.from({ length: MEMBER_LIMIT + 1 }, (_, index) => 1_800_001_000n + BigInt(index));
      const group = await createGroup(t, alice.peer, strangers.slice(0, MEMBER_LIMIT - 2));
      const two = { user_id: alice.user.user_id, group_id: group, member_id_list: strangers.slice(-2) };
      await t.refused(alice.peer, alice.peer.send(commands.GROUP_INVITE_MEMBER_REQ, two), succeeded);
      t.equal((await readMembers(t, alice.peer, group)).length, MEMBER_LIMIT - 1, "members after the refusal");
      await invite(t, alice.peer, group, strangers.slice(-1));
    },
  ),
  defineCase(
    {
      id: "GROUP-10/unknown-members",
      level: "must",
      title: "members need not have accounts",
      steps: ["create a group with an id that nobody has", "200, and the id is a member"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const nobody = 1_700_000_000n + BigInt(t.random.integer(1_000_000));
      const request = { user_id: alice.user.user_id, group_name: "team", member_id_list: [nobody] };
      const answer = await alice.peer.ask(commands.GROUP_CREATE_DEFAULT_REQ, request);
      t.equal(answer.result_code, OK, "result_code");
      await membersAre(t, alice.peer, answer.group_info?.group_id ?? 0n, [alice.user.user_id, nobody]);
    },
  ),
  defineCase(
    {
      id: "GROUP-11/owner-disbands",
      title: "the owner disbands the group",
      steps: ["alice disbands her group", "the answer 0x0504 says 200 and names user and group"],
    },
    async (t) => {
      const { alice, group } = await scene(t);
      const request = { user_id: alice.user.user_id, group_id: group };
      const answer = await alice.peer.ask(commands.GROUP_DISBINGDING_REQ, request);
      t.equal(answer.result_code, OK, "result_code");
      t.equal([answer.user_id, answer.group_id], [alice.user.user_id, group], "user_id and group_id");
    },
  ),
  defineCase(
    {
      id: "GROUP-11/nobody-else-disbands",
      title: "nobody but the owner disbands a group, and an unknown one cannot be disbanded",
      steps: ["bob (member) and mallory (none) try, alice tries an unknown group", "refused; the group lives on"],
    },
    async (t) => {
      const { alice, bob, mallory, group } = await scene(t);
      for (const { peer, user } of [bob, mallory]) {
        const request = { user_id: user.user_id, group_id: group };
        await t.refused(peer, peer.send(commands.GROUP_DISBINGDING_REQ, request), succeeded);
      }
      const unknown = { user_id: alice.user.user_id, group_id: 4_000_000_077n };
      await t.refused(alice.peer, alice.peer.send(commands.GROUP_DISBINGDING_REQ, unknown), succeeded);
      const text = message(t, bob.peer, group, "alive", { session_type: GROUP });
      t.equal(
        (await bob.peer.ask(commands.MSG_DATA, text)).res_code,
        1,
        "res_code of a message to the group afterwards",
      );
    },
  ),
  defineCase(
    {
      id: "GROUP-12/nobody-sends",
      title: "nobody can send to a disbanded group, and its info is gone",
      steps: ["alice disbands", "owner and member cannot send; group info leaves it out"],
    },
    async (t) => {
      const { alice, bob, group } = await scene(t);
      await disband(t, alice.peer, group);
      for (const { peer } of [alice, bob]) await cannotSend(t, peer, group);
      const info = await t.given("the group info", () => infoOf(alice.peer, [group]));
      t.equal(info.group_info_list.length, 0, "groups in the info");
    },
  ),
  defineCase(
    {
      id: "GROUP-12/out-of-lists",
      capabilities: ["group-permissions"],
      title: "a disbanded group is in nobody's list, and invitations to it are refused",
      steps: ["alice disbands", "her list and bob's are without it; she cannot invite dave"],
    },
    async (t) => {
      const { alice, bob, mallory, group } = await scene(t);
      await disband(t, alice.peer, group);
      for (const { peer } of [alice, bob]) {
        t.ensure(!(await groupsOf(t, peer)).includes(group), `the group is not in ${peer.name}'s list`, "it is");
      }
      const request = { user_id: alice.user.user_id, group_id: group, member_id_list: [mallory.user.user_id] };
      await t.refused(alice.peer, alice.peer.send(commands.GROUP_INVITE_MEMBER_REQ, request), succeeded);
      t.ensure(!(await groupsOf(t, mallory.peer)).includes(group), "the invited is in no group", "he is");
    },
  ),
  defineCase(
    {
      id: "GROUP-13/disband-notification",
      title: "the former members are told of the disband, and the answer carries the notification",
      steps: ["alice disbands", "bob and carol get kind 6; the answer carries it"],
    },
    async (t) => {
      const { alice, bob, carol, group } = await scene(t);
      const request = { user_id: alice.user.user_id, group_id: group };
      const answer = await t.given("the disband", () => alice.peer.ask(commands.GROUP_DISBINGDING_REQ, request));
      for (const { peer } of [bob, carol]) {
        t.equal((await notification(peer, group, 6)).data["groupId"], String(group), "groupId");
      }
      checkAttached(t, answer.attach_notificatino_msg, group, 6);
    },
  ),
  defineCase(
    {
      id: "GROUP-14/exit",
      title: "a member leaves",
      steps: ["bob leaves alice's group", "the answer 0x0506 says 200; alice and carol are left"],
    },
    async (t) => {
      const { alice, bob, carol, group } = await scene(t);
      const answer = await bob.peer.ask(commands.GROUP_EXIT_REQ, { user_id: bob.user.user_id, group_id: group });
      t.equal(answer.result_code, OK, "result_code");
      await membersAre(t, alice.peer, group, [alice.user.user_id, carol.user.user_id]);
    },
  ),
  defineCase(
    {
      id: "GROUP-14/exit-refused",
      title: "a non-member cannot leave, nor anybody an unknown group",
      steps: ["mallory leaves alice's group and bob an unknown one", "refused; the members are as before"],
    },
    async (t) => {
      const { alice, bob, carol, mallory, group } = await scene(t);
      for (const [one, id] of [
        [mallory, group],
        [bob, 4_000_000_078n],
      ] as const) {
        const sent = one.peer.send(commands.GROUP_EXIT_REQ, { user_id: one.user.user_id, group_id: id });
        await t.refused(one.peer, sent, succeeded);
      }
      await membersAre(t, alice.peer, group, [alice.user.user_id, bob.user.user_id, carol.user.user_id]);
    },
  ),
  defineCase(
    {
      id: "GROUP-15/owner-cannot-leave",
      unless: ["owner-handover"],
      title: "the owner's exit is refused",
      steps: ["alice leaves her group", "refused; she still owns it"],
    },
    async (t) => {
      const { alice, group } = await scene(t);
      const request = { user_id: alice.user.user_id, group_id: group };
      await t.refused(alice.peer, alice.peer.send(commands.GROUP_EXIT_REQ, request), succeeded);
      const info = await t.given("the group info", () => infoOf(alice.peer, [group]));
      t.equal(info.group_info_list[0]?.group_owner_id, alice.user.user_id, "group_owner_id");
    },
  ),
  defineCase(
    {
      id: "GROUP-15/owner-hands-over",
      capabilities: ["owner-handover"],
      title: "a target that declares it hands the group over when the owner leaves",
      steps: ["alice leaves her group", "200; another member owns it"],
    },
    async (t) => {
      const { alice, bob, carol, group } = await scene(t);
      const request = { user_id: alice.user.user_id, group_id: group };
      t.equal((await alice.peer.ask(commands.GROUP_EXIT_REQ, request)).result_code, OK, "result_code");
      const owner = (await infoOf(bob.peer, [group])).group_info_list[0]?.group_owner_id;
      const heirs = [bob.user.user_id, carol.user.user_id];
      t.ensure(owner !== undefined && heirs.includes(owner), "bob or carol owns the group", `owner ${owner}`);
    },
  ),
  ...(["exit", "removal"] as const).map((end) =>
    defineCase(
      {
        id: `GROUP-16/after-${end}`,
        title: `after ${end} a user neither gets nor sends group messages, and is in no list`,
        steps: ["bob loses his membership", "a message to the group passes him by; he cannot send; the lists agree"],
      },
      async (t) => {
        const { alice, bob, carol, group } = await scene(t);
        if (end === "exit") await leave(t, bob.peer, group);
        else await kick(t, alice.peer, group, [bob.user.user_id]);
        const ack = await sendMessage(t, alice.peer, group, "without bob", { session_type: GROUP });
        await t.given("delivery to carol", () => pushOf(carol.peer, ack.client_msg_id));
        await pushFence(t, alice.peer, bob.peer, { id: bob.user.user_id, type: SINGLE });
        t.equal(pushesOf(bob.peer, ack.client_msg_id).length, 0, "pushes to bob");
        await cannotSend(t, bob.peer, group);
        t.ensure(!(await groupsOf(t, bob.peer)).includes(group), "the group is not in bob's list", "it is");
        const members = await readMembers(t, alice.peer, group);
        t.ensure(!members.includes(bob.user.user_id), "bob is not in the member list", "he is");
      },
    ),
  ),
  defineCase(
    {
      id: "GROUP-17/leave-notification",
      title: "the remaining members are told who left, and the answer carries the notification",
      steps: ["bob leaves", "alice and carol get kind 4 with his id; the answer carries it"],
    },
    async (t) => {
      const { alice, bob, carol, group } = await scene(t);
      const request = { user_id: bob.user.user_id, group_id: group };
      const answer = await t.given("the exit", () => bob.peer.ask(commands.GROUP_EXIT_REQ, request));
      for (const { peer } of [alice, carol]) {
        t.equal((await notification(peer, group, 4)).data["ids"], [String(bob.user.user_id)], "ids");
      }
      checkAttached(t, answer.attach_notificatino_msg, group, 4);
    },
  ),
  defineCase(
    {
      id: "GROUP-18/group-list",
      title: "the list holds all groups of the user and no other",
      steps: ["alice owns two groups and is in bob's; bob has another", "her list holds the three"],
    },
    async (t) => {
      const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
      const mine = [await createGroup(t, alice.peer, []), await createGroup(t, alice.peer, [])];
      mine.push(await createGroup(t, bob.peer, [alice.user.user_id]));
      await createGroup(t, bob.peer, []);
      const answer = await alice.peer.ask(commands.GROUP_LIST_REQ, { user_id: alice.user.user_id });
      const ids = answer.group_version_list.map((one) => one.group_id);
      t.ensure(sameIds(ids, mine), `the groups ${mine.join(", ")}`, `the groups ${ids.join(", ")}`);
      t.equal(answer.user_id, alice.user.user_id, "user_id");
    },
  ),
  defineCase(
    {
      id: "GROUP-19/group-info",
      title: "group info describes the groups found and leaves out unknown ones",
      steps: ["ask for a group, an unknown one and a version that does not exist", "200 and the one group"],
    },
    async (t) => {
      const { alice, group } = await scene(t);
      const answer = await infoOf(alice.peer, [group, 4_000_000_079n]);
      t.equal(answer.result_code, OK, "result_code");
      t.equal(
        answer.group_info_list.map((one) => one.group_id),
        [group],
        "the groups found",
      );
      const [info] = answer.group_info_list;
      t.equal([info?.group_name, info?.group_owner_id], ["team", alice.user.user_id], "name and owner");
      const group_version_list = [{ group_id: group, group_version: 99 }];
      const again = await alice.peer.ask(commands.GROUP_INFO_REQ, { user_id: alice.user.user_id, group_version_list });
      t.equal(again.group_info_list.length, 1, "groups found whatever the version in the request");
    },
  ),
  defineCase(
    {
      id: "GROUP-20/empty-info",
      level: "may",
      title: "group info with an empty list: no answer, or an empty one",
      steps: ["ask for no group", "nothing, or an answer without groups"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const sent = alice.peer.send(commands.GROUP_INFO_REQ, { user_id: alice.user.user_id });
      const { answer, closing } = await alice.peer.aftermath(sent);
      const found = answer?.message?.group_info_list.length ?? 0;
      t.ensure(closing === undefined && found === 0, "no answer, or no groups", `${found} groups`);
    },
  ),
  defineCase(
    {
      id: "GROUP-21/member-invites",
      upstream: true,
      title: "any member invites anyone, without consent",
      steps: ["bob, a plain member, invites mallory", "200; mallory is a member and gets messages"],
    },
    async (t) => {
      const { alice, bob, carol, mallory, group } = await scene(t);
      const request = { user_id: bob.user.user_id, group_id: group, member_id_list: [mallory.user.user_id] };
      t.equal((await bob.peer.ask(commands.GROUP_INVITE_MEMBER_REQ, request)).result_code, OK, "result_code");
      const all = [alice, bob, carol, mallory].map((one) => one.user.user_id);
      await membersAre(t, alice.peer, group, all);
      const ack = await sendMessage(t, alice.peer, group, "welcome", { session_type: GROUP });
      await pushOf(mallory.peer, ack.client_msg_id);
    },
  ),
  defineCase(
    {
      id: "GROUP-21/outsider-cannot-invite",
      capabilities: ["group-permissions"],
      title: "a non-member invites nobody, himself included",
      steps: ["mallory invites himself and a friend", "refused; the members are as before"],
    },
    async (t) => {
      const { alice, bob, carol, mallory, group } = await scene(t);
      for (const id of [mallory.user.user_id, 1_700_000_001n]) {
        const request = { user_id: mallory.user.user_id, group_id: group, member_id_list: [id] };
        await t.refused(mallory.peer, mallory.peer.send(commands.GROUP_INVITE_MEMBER_REQ, request), succeeded);
      }
      await membersAre(
        t,
        alice.peer,
        group,
        [alice, bob, carol].map((one) => one.user.user_id),
      );
    },
  ),
  defineCase(
    {
      id: "GROUP-22/already-a-member",
      title: "inviting a member changes nothing; a former member comes back",
      steps: ["alice invites bob, who is a member: 200", "bob leaves and is invited: he is a member again"],
    },
    async (t) => {
      const { alice, bob, carol, group } = await scene(t);
      const all = [alice, bob, carol].map((one) => one.user.user_id);
      const request = { user_id: alice.user.user_id, group_id: group, member_id_list: [bob.user.user_id] };
      t.equal((await alice.peer.ask(commands.GROUP_INVITE_MEMBER_REQ, request)).result_code, OK, "result_code");
      await membersAre(t, alice.peer, group, all);
      await leave(t, bob.peer, group);
      await alice.peer.ask(commands.GROUP_INVITE_MEMBER_REQ, request);
      await membersAre(t, alice.peer, group, all);
      const text = message(t, bob.peer, group, "back", { session_type: GROUP });
      t.equal(
        (await bob.peer.ask(commands.MSG_DATA, text)).res_code,
        1,
        "res_code of a message of the one who came back",
      );
    },
  ),
  defineCase(
    {
      id: "GROUP-23/unknown-group",
      title: "inviting to a group that does not exist, or no longer does, is no success",
      steps: ["alice invites bob to an unknown group and to one that she disbanded", "not 200"],
    },
    async (t) => {
      const { alice, mallory, group } = await scene(t);
      await disband(t, alice.peer, group);
      for (const group_id of [4_000_000_080n, group]) {
        const request = { user_id: alice.user.user_id, group_id, member_id_list: [mallory.user.user_id] };
        await t.refused(alice.peer, alice.peer.send(commands.GROUP_INVITE_MEMBER_REQ, request), succeeded);
      }
    },
  ),
  defineCase(
    {
      id: "GROUP-24/invite-notification",
      title: "all members, the new ones included, are told of an invitation, and the answer carries the notification",
      steps: [
        "alice invites mallory",
        "bob, carol and mallory get kind 2 with inviter and invited; the answer carries it",
      ],
    },
    async (t) => {
      const { alice, bob, carol, mallory, group } = await scene(t);
      const request = { user_id: alice.user.user_id, group_id: group, member_id_list: [mallory.user.user_id] };
      const answer = await t.given("the invitation", () => alice.peer.ask(commands.GROUP_INVITE_MEMBER_REQ, request));
      for (const { peer } of [bob, carol, mallory]) {
        const { data } = await notification(peer, group, 2);
        t.equal(
          [data["userId"], data["ids"]],
          [String(alice.user.user_id), [String(mallory.user.user_id)]],
          "userId and ids",
        );
      }
      checkAttached(t, answer.attach_notificatino_msg, group, 2);
    },
  ),
  ...(
    [
      ["GROUP-25/empty-invitation", commands.GROUP_INVITE_MEMBER_REQ],
      ["GROUP-29/empty-removal", commands.GROUP_KICK_OUT_MEMBER_REQ],
    ] as const
  ).map(([id, command]) =>
    defineCase(
      {
        id,
        title: `${command.name} without members is ignored`,
        steps: ["alice sends it with an empty list", "no answer; the members are as before"],
      },
      async (t) => {
        const { alice, bob, carol, group } = await scene(t);
        const sent = alice.peer.send(command as typeof commands.GROUP_INVITE_MEMBER_REQ, {
          user_id: alice.user.user_id,
          group_id: group,
        });
        await t.refused(alice.peer, sent, succeeded);
        await membersAre(
          t,
          alice.peer,
          group,
          [alice, bob, carol].map((one) => one.user.user_id),
        );
      },
    ),
  ),
  defineCase(
    {
      id: "GROUP-26/owner-removes",
      title: "the owner removes a member, and the answer's command is 0x0514",
      steps: ["alice removes bob", "0x0514 says 200; alice and carol are left"],
    },
    async (t) => {
      const { alice, bob, carol, group } = await scene(t);
      const request = { user_id: alice.user.user_id, group_id: group, member_id_list: [bob.user.user_id] };
      const answer = await alice.peer.ask(commands.GROUP_KICK_OUT_MEMBER_REQ, request);
      t.equal(answer.result_code, OK, "result_code");
      t.equal([answer.user_id, answer.group_id], [alice.user.user_id, group], "user_id and group_id");
      await membersAre(t, alice.peer, group, [alice.user.user_id, carol.user.user_id]);
    },
  ),
  defineCase(
    {
      id: "GROUP-26/nobody-else-removes",
      title: "nobody but the owner removes members",
      steps: ["bob removes carol, mallory removes bob", "refused; the members are as before"],
    },
    async (t) => {
      const { alice, bob, carol, mallory, group } = await scene(t);
      for (const [one, victim] of [
        [bob, carol],
        [mallory, bob],
      ] as const) {
        const request = { user_id: one.user.user_id, group_id: group, member_id_list: [victim.user.user_id] };
        await t.refused(one.peer, one.peer.send(commands.GROUP_KICK_OUT_MEMBER_REQ, request), succeeded);
      }
      await membersAre(
        t,
        alice.peer,
        group,
        [alice, bob, carol].map((one) => one.user.user_id),
      );
    },
  ),
  defineCase(
    {
      id: "GROUP-27/owner-stays",
      title: "the owner cannot be removed, and removing non-members changes nothing",
      steps: ["alice removes herself, then mallory, who is no member", "the members are as before"],
    },
    async (t) => {
      const { alice, bob, carol, mallory, group } = await scene(t);
      for (const id of [alice.user.user_id, mallory.user.user_id]) {
        const request = { user_id: alice.user.user_id, group_id: group, member_id_list: [id] };
        alice.peer.send(commands.GROUP_KICK_OUT_MEMBER_REQ, request);
        await t.given("a fence", () => alice.peer.fence());
      }
      await membersAre(
        t,
        alice.peer,
        group,
        [alice, bob, carol].map((one) => one.user.user_id),
      );
    },
  ),
  defineCase(
    {
      id: "GROUP-28/kick-notification",
      title: "the remaining and the removed members are told, and the answer carries the notification",
      steps: ["alice removes bob", "bob and carol get kind 3 with his id; the answer carries it"],
    },
    async (t) => {
      const { alice, bob, carol, group } = await scene(t);
      const request = { user_id: alice.user.user_id, group_id: group, member_id_list: [bob.user.user_id] };
      alice.peer.send(commands.GROUP_KICK_OUT_MEMBER_REQ, request);
      for (const { peer } of [bob, carol]) {
        t.equal((await notification(peer, group, 3)).data["ids"], [String(bob.user.user_id)], "ids");
      }
    },
  ),
  defineCase(
    {
      id: "GROUP-30/member-list",
      upstream: true,
      title: "the member list holds every current member once, the owner included",
      steps: ["alice, bob and carol are members", "each of them gets the same list"],
    },
    async (t) => {
      const { alice, bob, carol, group } = await scene(t);
      const all = [alice, bob, carol].map((one) => one.user.user_id);
      for (const { peer, user } of [alice, bob]) {
        const answer = await peer.ask(commands.GROUP_LIST_MEMBER_REQ, { user_id: user.user_id, group_id: group });
        t.ensure(
          sameIds(answer.member_id_list, all),
          `the members ${all.join(", ")}`,
          answer.member_id_list.join(", "),
        );
        t.equal([answer.user_id, answer.group_id], [user.user_id, group], "user_id and group_id");
      }
    },
  ),
  defineCase(
    {
      id: "GROUP-30/members-only",
      capabilities: ["access-control"],
      title: "a non-member does not get the member list",
      steps: ["mallory asks for the members of alice's group", "no answer, or an empty list"],
    },
    async (t) => {
      const { mallory, group } = await scene(t);
      const sent = mallory.peer.send(commands.GROUP_LIST_MEMBER_REQ, {
        user_id: mallory.user.user_id,
        group_id: group,
      });
      const { answer } = await mallory.peer.aftermath(sent);
      t.equal(answer?.message?.member_id_list.length ?? 0, 0, "members that mallory learned");
    },
  ),
  ...(["join", "leave", "removal"] as const).map((change) =>
    defineCase(
      {
        id: `GROUP-31/${change}`,
        level: "should",
        title: `online members are told of a ${change} by a member-changed notify`,
        steps: [
          `a ${change} happens in alice's group`,
          "carol gets 0x0515 with the group, the user and the kind of change",
        ],
      },
      async (t) => {
        const { alice, bob, carol, mallory, group } = await scene(t);
        if (change === "join") await invite(t, alice.peer, group, [mallory.user.user_id]);
        else if (change === "leave") await leave(t, bob.peer, group);
        else await kick(t, alice.peer, group, [bob.user.user_id]);
        const [changed, type, actor] =
          change === "join" ? [mallory, 1, alice] : change === "leave" ? [bob, 2, bob] : [bob, 2, alice];
        const id = changed.user.user_id;
        const notify = await carol.peer.push(
          commands.GROUP_MEMBER_CHANGED_NOTIFY,
          (one) => one.group_id === group && one.changed_list.some((entry) => entry.user_id === id),
          `a member-changed notify about user ${id}`,
        );
        const entry = notify.message.changed_list.find((one) => one.user_id === id);
        t.equal(entry?.type, type, "the kind of change");
        t.equal(notify.message.user_id, actor.user.user_id, "user_id (who caused it)");
      },
    ),
  ),
  defineCase(
    {
      id: "GROUP-32/members-only-send",
      title: "only members of an existing group may send to it",
      steps: ["mallory sends to alice's group, alice to an unknown one", "refused; bob's message goes through"],
    },
    async (t) => {
      const { alice, bob, mallory, group } = await scene(t);
      await cannotSend(t, mallory.peer, group);
      await cannotSend(t, alice.peer, 4_000_000_081n);
      await pushFence(t, bob.peer, alice.peer, { id: group, type: GROUP });
      const strange = alice.peer.seen(commands.MSG_DATA, (push) => push.from_user_id === mallory.user.user_id);
      t.equal(strange.length, 0, "messages of the non-member that alice got");
    },
  ),
];

async function named(t: CaseContext, name: string): Promise<void> {
  const alice = await t.freshLogin("alice");
  const request = { user_id: alice.user.user_id, group_name: name };
  const answer = await alice.peer.ask(commands.GROUP_CREATE_DEFAULT_REQ, request);
  t.equal(answer.result_code, OK, "result_code");
  const info = await t.given("the group info", () => infoOf(alice.peer, [answer.group_info?.group_id ?? 0n]));
  t.equal(info.group_info_list[0]?.group_name, name, "group_name");
}
