import {
  CIMGroupBeInviteMode,
  CIMGroupJoinModel,
  CIMGroupMuteModel,
  CIMGroupType,
  CIMMsgNotificationType,
  commands,
} from "../../codegen/index.ts";
import type { CaseContext, ConformanceCase } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase } from "./define.ts";
import {
  checkAttached,
  createGroup,
  createGroupFully,
  entryOf,
  freshName,
  GROUP,
  groupsOf,
  infoOf,
  logIn,
  membersAre,
  NAME_CONTENTS,
  NOTIFICATION,
  notification,
  PASSWORD,
  pushFence,
  readHistory,
  readMembers,
  readSessions,
  register,
  registration,
  SUCCESS,
  strangers,
  succeeded,
  textOfCharacters,
} from "./setup/index.ts";

const { kCIM_MSG_NOTIFICATION_GROUP_CREATE: CREATED } = CIMMsgNotificationType;
/** The modes in which groups are made: members invite, nobody need agree, nobody is muted. */
const OPEN_TO_ALL = [
  CIMGroupJoinModel.kCIM_GROUP_JOIN_MODEL_DEFAULT,
  CIMGroupBeInviteMode.kCIM_GROUP_BE_INVITE_MODEL_DEFAULT,
  CIMGroupMuteModel.kCIM_GROUP_MUTE_MODEL_DEFAULT,
];

/** Most members of a normal group, the creator included, unless the target states another number (GROUP-09). */
const MEMBER_LIMIT = 200;
/** GROUP: creating groups, what is known of them, and who may send to them. */
export const groupCases: readonly ConformanceCase[] = [
  ...alsoOverWebSocket(
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
  ...alsoOverWebSocket(
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
      t.equal(answer.result_code, SUCCESS, "result_code");
      t.equal(answer.member_id_list, [...members, alice.user.user_id], "member_id_list");
      const info = t.present(answer.group_info, "group_info", "none");
      t.equal(
        [info.group_name, info.group_type],
        ["our team", CIMGroupType.kCIM_GROUP_TYPE_GROUP_NORMAL],
        "group_name and group_type",
      );
      t.equal([info.join_model, info.be_invite_model, info.mute_model], OPEN_TO_ALL, "join, invite and mute mode");
      t.equal(info.group_owner_id, alice.user.user_id, "group_owner_id");
      t.equal(info.update_time, info.create_time, "update_time (as create_time)");
      const off = Math.abs(info.create_time - Date.now() / 1_000);
      t.ensure(off < 3_600, "create_time in Unix seconds", `${info.create_time}`);
      t.equal([info.group_intro, info.announcement, info.group_avatar], ["", "", ""], "intro, announcement and avatar");
      checkAttached(t, answer.attach_notificatino_msg, info.group_id, CREATED);
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "GROUP-03/members-are-a-set",
      title: "a member named twice, or the creator named, is a member once",
      steps: [
        "alice creates a group with bob, bob and herself",
        "two members, each once in the answer, with one session and one notification each",
      ],
    },
    async (t) => {
      const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
      const ids = [bob.user.user_id, bob.user.user_id, alice.user.user_id];
      const answer = await createGroupFully(t, alice.peer, ids);
      const { group_id: group } = answer.group_info;
      const listed = answer.member_id_list;
      t.equal(listed.length, new Set(listed).size, "the number of ids in the answer's list, each counted once");
      await membersAre(t, alice.peer, group, [alice.user.user_id, bob.user.user_id]);
      for (const { peer } of [alice, bob]) entryOf(await readSessions(t, peer), group, GROUP);
      await pushFence(t, alice.peer, bob.peer, { id: group, type: GROUP });
      const told = bob.peer.seen(
        commands.MSG_DATA,
        (push) => push.msg_type === NOTIFICATION && push.to_session_id === group,
      );
      t.ensure(told.length <= 1, "one notification to bob", `${told.length} notifications`);
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "GROUP-04/group-of-one",
      title: "a group without other members is legal",
      steps: ["alice creates a group with an empty list", "200; she is the only member"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const request = { user_id: alice.user.user_id, group_name: "alone" };
      const answer = await alice.peer.ask(commands.GROUP_CREATE_DEFAULT_REQ, request);
      t.equal(answer.result_code, SUCCESS, "result_code");
      await membersAre(t, alice.peer, answer.group_info?.group_id ?? 0n, [alice.user.user_id]);
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "GROUP-05/made-up-name",
      title: "a group without a name gets one from nicknames",
      // Two nicknames of any accounts are shorter than the 32 characters that every server keeps (GROUP-06).
      steps: ["alice creates a group with bob without a name", "200, and a name"],
    },
    async (t) => void (await nameless(t, 1)),
  ),
  defineCase(
    {
      id: "GROUP-05/long-made-up-name",
      capabilities: ["documented-limits"],
      title: "a group is not refused because the name made of nicknames is long",
      steps: ["alice creates a group of six without a name", "200, and a name, cut to the limit"],
    },
    async (t) => {
      const length = [...(await nameless(t, 5))].length;
      t.ensure(length <= 128, "a group_name within the limit", `${length} characters`);
    },
  ),
  defineCase(
    {
      id: "GROUP-05/any-nicknames",
      needs: ["http", "registration"],
      capabilities: ["verbatim-names"],
      title: "a made-up name holds the nicknames as they are, whatever they are made of",
      steps: [
        "register users with short nicknames, one of each content",
        "each of them makes a group with three others without a name",
        "the name is these four nicknames, joined with commas in any order",
      ],
    },
    async (t) => {
      const nicknames = NAME_CONTENTS.map((content) => textOfCharacters(content, 6));
      const users: { name: string; id: bigint; nickname: string }[] = [];
      for (const nickname of nicknames) {
        const name = freshName(t);
        const code = await register(t, registration(t, { userName: name, userNickName: nickname }));
        t.requires(code === SUCCESS, `a user with the nickname ${nickname} cannot be registered`);
        const { user_info } = await logIn(t, name);
        t.requires(user_info?.nick_name === nickname, `the nickname ${nickname} does not come back as it was given`);
        users.push({ name, id: user_info?.user_id ?? 0n, nickname });
      }
      for (const [place, { name, id }] of users.entries()) {
        const others = [1, 2, 3].map((step) => users[(place + step) % users.length] as (typeof users)[number]);
        const peer = await t.login({ user_name: name, user_pwd: PASSWORD, nick_name: "" }, `owner ${place + 1}`);
        const member_id_list = others.map((one) => one.id);
        const answer = await peer.ask(commands.GROUP_CREATE_DEFAULT_REQ, { user_id: id, member_id_list });
        const parts = (answer.group_info?.group_name ?? "").split(",").toSorted();
        const expected = [nicknames[place] as string, ...others.map((one) => one.nickname)];
        const group_name = expected.join(",");
        const given = await t.given("a group with the same name given", () =>
          peer.ask(commands.GROUP_CREATE_DEFAULT_REQ, { user_id: id, member_id_list, group_name }),
        );
        t.requires(given.group_info?.group_name === group_name, "a name that was given comes back as another");
        t.equal(parts, expected.toSorted(), "the nicknames in group_name");
      }
    },
  ),
  ...alsoOverWebSocket(
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
      capabilities: ["documented-limits"],
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
  ...alsoOverWebSocket(
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
  ...alsoOverWebSocket(
    {
      id: "GROUP-08/creation-notification",
      title: "the creation is stored as the group's first message and pushed to the members online",
      steps: ["alice creates a group with bob", "bob gets the notification of kind 1; the history begins with it"],
    },
    async (t) => {
      const [alice, bob] = [await t.freshLogin("alice"), await t.freshLogin("bob")];
      const group = await createGroup(t, alice.peer, [bob.user.user_id]);
      const { push } = await notification(bob.peer, group, CREATED);
      t.equal([push.session_type, push.from_user_id], [GROUP, 0n], "session_type and from_user_id of the push");
      const [first] = await readHistory(t, bob.peer, { session: group, type: GROUP });
      t.equal(first?.msg_type, NOTIFICATION, "msg_type of the group's first message");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "GROUP-09/two-hundred-members",
      title: "a group of 200 is made, one of 201 refused as a whole",
      steps: ["create with 199 others: 200", "create with 200 others: refused, and nobody is a member"],
    },
    async (t) => {
      const alice = await t.freshLogin("alice");
      const most = t.limit("group-members", MEMBER_LIMIT);
      const others = strangers(t, most);
      const whole = { user_id: alice.user.user_id, group_name: "whole", member_id_list: others.slice(1) };
      const answer = await alice.peer.ask(commands.GROUP_CREATE_DEFAULT_REQ, whole);
      t.equal(answer.result_code, SUCCESS, `result_code of a group of ${most}`);
      const group = answer.group_info?.group_id ?? 0n;
      t.equal((await readMembers(t, alice.peer, group)).length, most, "the number of members");
      const before = await groupsOf(t, alice.peer);
      const request = { user_id: alice.user.user_id, group_name: "too many", member_id_list: others };
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
      const most = t.limit("group-members", MEMBER_LIMIT);
      const others = strangers(t, most + 1);
      const group = await createGroup(t, alice.peer, others.slice(0, most - 2));
      const two = { user_id: alice.user.user_id, group_id: group, member_id_list: others.slice(-2) };
      await t.refused(alice.peer, alice.peer.send(commands.GROUP_INVITE_MEMBER_REQ, two), succeeded);
      t.equal((await readMembers(t, alice.peer, group)).length, most - 1, "members after the refusal");
      const one = { ...two, member_id_list: others.slice(-1) };
      const { result_code } = await alice.peer.ask(commands.GROUP_INVITE_MEMBER_REQ, one);
      t.equal(result_code, SUCCESS, `result_code of an invitation up to ${most}`);
      t.equal((await readMembers(t, alice.peer, group)).length, most, "members after the invitation");
    },
  ),
  ...alsoOverWebSocket(
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
      t.equal(answer.result_code, SUCCESS, "result_code");
      await membersAre(t, alice.peer, answer.group_info?.group_id ?? 0n, [alice.user.user_id, nobody]);
    },
  ),
];

/** Creates a group with so many others and without a name. @returns the name that it got */
async function nameless(t: CaseContext, others: number): Promise<string> {
  const alice = await t.freshLogin("alice");
  const members = (await t.users(others)).map((user) => user.user_id);
  const request = { user_id: alice.user.user_id, group_name: "", member_id_list: members };
  const answer = await alice.peer.ask(commands.GROUP_CREATE_DEFAULT_REQ, request);
  t.equal(answer.result_code, SUCCESS, "result_code");
  const name = answer.group_info?.group_name ?? "";
  t.ensure(name !== "", "a group_name", "none");
  return name;
}

async function named(t: CaseContext, name: string): Promise<void> {
  const alice = await t.freshLogin("alice");
  const request = { user_id: alice.user.user_id, group_name: name };
  const answer = await alice.peer.ask(commands.GROUP_CREATE_DEFAULT_REQ, request);
  t.equal(answer.result_code, SUCCESS, "result_code");
  const info = await t.given("the group info", () => infoOf(alice.peer, [answer.group_info?.group_id ?? 0n]));
  t.equal(info.group_info_list[0]?.group_name, name, "group_name");
}
