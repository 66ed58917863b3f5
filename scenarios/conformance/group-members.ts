import { type CIMGroupMemberChangedNotify, CIMMsgNotificationType, commands } from "../../codegen/index.ts";
import type { ConformanceCase, LoggedIn } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase, defineGrid } from "./define.ts";
import {
  cannotSend,
  checkAttached,
  disband,
  GROUP,
  invite,
  kick,
  leave,
  membersAre,
  message,
  notification,
  pushFence,
  pushOf,
  SUCCESS,
  sameIds,
  scene,
  sendMessage,
  succeeded,
} from "./setup/index.ts";

const { kCIM_MSG_NOTIFICATION_GROUP_BE_INVITE: INVITED, kCIM_MSG_NOTIFICATION_GROUP_KICK: REMOVED } =
  CIMMsgNotificationType;

const CHANGED = commands.GROUP_MEMBER_CHANGED_NOTIFY;

/** GROUP: inviting, removing, member lists and notifies. */
export const groupMemberCases: readonly ConformanceCase[] = [
  ...alsoOverWebSocket(
    {
      id: "GROUP-21/member-invites",
      upstream: true,
      title: "any member invites anyone, without consent",
      steps: ["bob, a plain member, invites mallory", "200; mallory is a member and gets messages"],
    },
    async (t) => {
      const { alice, bob, carol, mallory, group } = await scene(t);
      const request = { user_id: bob.user.user_id, group_id: group, member_id_list: [mallory.user.user_id] };
      t.equal((await bob.peer.ask(commands.GROUP_INVITE_MEMBER_REQ, request)).result_code, SUCCESS, "result_code");
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
      t.equal((await alice.peer.ask(commands.GROUP_INVITE_MEMBER_REQ, request)).result_code, SUCCESS, "result_code");
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
  ...alsoOverWebSocket(
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
  ...alsoOverWebSocket(
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
        const { data } = await notification(peer, group, INVITED);
        t.equal(
          [data["userId"], data["ids"]],
          [String(alice.user.user_id), [String(mallory.user.user_id)]],
          "userId and ids",
        );
      }
      checkAttached(t, answer.attach_notificatino_msg, group, INVITED);
    },
  ),
  ...(
    [
      ["GROUP-25/empty-invitation", commands.GROUP_INVITE_MEMBER_REQ],
      ["GROUP-29/empty-removal", commands.GROUP_KICK_OUT_MEMBER_REQ],
    ] as const
  ).flatMap(([id, command]) =>
    alsoOverWebSocket(
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
  ...alsoOverWebSocket(
    {
      id: "GROUP-26/owner-removes",
      title: "the owner removes a member, and the answer's command is 0x0514",
      steps: ["alice removes bob", "0x0514 says 200; alice and carol are left"],
    },
    async (t) => {
      const { alice, bob, carol, group } = await scene(t);
      const request = { user_id: alice.user.user_id, group_id: group, member_id_list: [bob.user.user_id] };
      const answer = await alice.peer.ask(commands.GROUP_KICK_OUT_MEMBER_REQ, request);
      t.equal(answer.result_code, SUCCESS, "result_code");
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
  ...alsoOverWebSocket(
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
  ...alsoOverWebSocket(
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
        t.equal((await notification(peer, group, REMOVED)).data["ids"], [String(bob.user.user_id)], "ids");
      }
    },
  ),
  ...alsoOverWebSocket(
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
  ...(["join", "leave", "removal"] as const).flatMap((change) =>
    alsoOverWebSocket(
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
  ...defineGrid(
    {
      id: "GROUP-31/told",
      level: "should",
      title: "owner and members are told by a member-changed notify what a member does",
      steps: [
        "bob, a member, takes mallory in and leaves",
        "the owner, or another member, gets a notify of both, with bob as who did it",
        "bob gets none of what the owner does behind him",
      ],
      axes: { role: ["owner", "member", "former-member"] },
    },
    async (t, at) => {
      const { alice, bob, carol, mallory, group } = await scene(t);
      const told = { owner: alice, member: carol, "former-member": bob }[at.role];
      const by = (who: LoggedIn, id: bigint) => (one: CIMGroupMemberChangedNotify) =>
        one.group_id === group && one.user_id === who.user.user_id && one.changed_list[0]?.user_id === id;
      const { user_id: newcomer } = mallory.user;
      await invite(t, bob.peer, group, [newcomer]);
      if (told !== bob) await told.peer.push(CHANGED, by(bob, newcomer), "a member-changed notify of mallory, by bob");
      await leave(t, bob.peer, group);
      if (told !== bob) {
        await told.peer.push(CHANGED, by(bob, bob.user.user_id), "a member-changed notify of bob, by himself");
        return;
      }
      await kick(t, alice.peer, group, [newcomer]);
      const removal = by(alice, newcomer);
      await t.given("a notify for carol", () =>
        carol.peer.push(CHANGED, removal, "a member-changed notify of mallory"),
      );
      await t.given("a fence by bob", () => bob.peer.fence());
      t.equal(bob.peer.seen(CHANGED, removal).length, 0, "notifies that bob gets of what happens behind him");
    },
  ),
  ...alsoOverWebSocket(
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
