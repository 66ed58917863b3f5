import { CIMMsgNotificationType, commands } from "../../codegen/index.ts";
import type { ConformanceCase, Peer } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase, defineGrid } from "./define.ts";
import {
  cannotSend,
  checkAttached,
  connectionsOf,
  createGroup,
  disband,
  GROUP,
  groupsOf,
  infoOf,
  kick,
  leave,
  membersAre,
  message,
  notification,
  pushesOf,
  pushFence,
  pushOf,
  readMembers,
  SINGLE,
  SUCCESS,
  sameIds,
  scene,
  sendMessage,
  sendMessages,
  succeeded,
} from "./setup/index.ts";

const { kCIM_MSG_NOTIFICATION_GROUP_LEAVE: LEFT, kCIM_MSG_NOTIFICATION_GROUP_DISMISS: DISBANDED } =
  CIMMsgNotificationType;

/** GROUP: disbanding and leaving, lists and info. */
export const groupEndCases: readonly ConformanceCase[] = [
  ...alsoOverWebSocket(
    {
      id: "GROUP-11/owner-disbands",
      title: "the owner disbands the group",
      steps: ["alice disbands her group", "the answer 0x0504 says 200 and names user and group"],
    },
    async (t) => {
      const { alice, group } = await scene(t);
      const request = { user_id: alice.user.user_id, group_id: group };
      const answer = await alice.peer.ask(commands.GROUP_DISBINGDING_REQ, request);
      t.equal(answer.result_code, SUCCESS, "result_code");
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
  ...alsoOverWebSocket(
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
  ...alsoOverWebSocket(
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
        t.equal((await notification(peer, group, DISBANDED)).data["groupId"], String(group), "groupId");
      }
      checkAttached(t, answer.attach_notificatino_msg, group, DISBANDED);
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "GROUP-14/exit",
      title: "a member leaves",
      steps: ["bob leaves alice's group", "the answer 0x0506 says 200; alice and carol are left"],
    },
    async (t) => {
      const { alice, bob, carol, group } = await scene(t);
      const answer = await bob.peer.ask(commands.GROUP_EXIT_REQ, { user_id: bob.user.user_id, group_id: group });
      t.equal(answer.result_code, SUCCESS, "result_code");
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
  ...alsoOverWebSocket(
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
      t.equal((await alice.peer.ask(commands.GROUP_EXIT_REQ, request)).result_code, SUCCESS, "result_code");
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
  ...(["exit", "removal"] as const).flatMap((end) =>
    defineGrid(
      {
        id: `GROUP-16/every-connection-after-${end}`,
        title: `after ${end} none of the user's connections gets group messages`,
        steps: [
          "bob has five connections and loses his membership, by the first of them if he leaves",
          "two messages to the group pass all of them by",
        ],
        axes: { transport: ["tcp", "ws", "mixed"] },
      },
      async (t) => {
        const [alice, carol] = [await t.freshLogin("alice"), await t.freshLogin("carol")];
        const bob = await t.user();
        const peers = await connectionsOf(t, bob, 5, "bob");
        const group = await createGroup(t, alice.peer, [bob.user_id, carol.user.user_id]);
        const before = await sendMessage(t, alice.peer, group, "with bob", { session_type: GROUP });
        for (const peer of peers) await t.given("delivery before", () => pushOf(peer, before.client_msg_id));
        if (end === "exit") await leave(t, peers[0] as Peer, group);
        else await kick(t, alice.peer, group, [bob.user_id]);
        const after = await sendMessages(t, alice.peer, group, ["without bob", "again"], { session_type: GROUP });
        for (const ack of after) await t.given("delivery to carol", () => pushOf(carol.peer, ack.client_msg_id));
        for (const peer of peers) {
          await pushFence(t, alice.peer, peer, { id: bob.user_id, type: SINGLE });
          const pushes = after.flatMap((ack) => pushesOf(peer, ack.client_msg_id));
          t.equal(pushes.length, 0, `pushes to ${peer.name}`);
        }
      },
    ),
  ),
  ...alsoOverWebSocket(
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
        t.equal((await notification(peer, group, LEFT)).data["ids"], [String(bob.user.user_id)], "ids");
      }
      checkAttached(t, answer.attach_notificatino_msg, group, LEFT);
    },
  ),
  ...alsoOverWebSocket(
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
  ...alsoOverWebSocket(
    {
      id: "GROUP-19/group-info",
      title: "group info describes the groups found and leaves out unknown ones",
      steps: ["ask for a group, an unknown one and a version that does not exist", "200 and the one group"],
    },
    async (t) => {
      const { alice, group } = await scene(t);
      const answer = await infoOf(alice.peer, [group, 4_000_000_079n]);
      t.equal(answer.result_code, SUCCESS, "result_code");
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
  ...alsoOverWebSocket(
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
];
