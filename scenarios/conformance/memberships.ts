import { commands } from "../../codegen/index.ts";
import type { CaseContext, ConformanceCase, LoggedIn } from "../../harness/runner/index.ts";
import { defineGrid } from "./define.ts";
import {
  ACCEPTED,
  cannotSend,
  createGroup,
  createGroups,
  disband,
  GROUP,
  groupsOf,
  infoOf,
  leave,
  membersAre,
  messageIn,
  openTalk,
  passTime,
  pushesOf,
  pushFence,
  readMembers,
  SINGLE,
  SUCCESS,
  sayIn,
  strangers,
  succeeded,
  type Talk,
} from "./setup/index.ts";

const TIMES = ["at-once", "after-restart"] as const;

/** The most members of a group, unless the target states another number (GROUP-09). */
const MEMBER_LIMIT = 200;

/** Alice's group of herself, bob and carol, and mallory, who is no member, some time later. */
async function later(t: CaseContext, time: (typeof TIMES)[number]) {
  const talk = await openTalk(t, "group");
  const [bob, carol = bob] = talk.readers;
  const mallory = await t.freshLogin("mallory");
  await passAll(t, talk, mallory, time);
  for (const one of [talk.writer, ...talk.readers]) await stillListed(t, one, [talk.sessionOf(bob)]);
  return { talk, alice: talk.writer, bob, carol, mallory, group: talk.sessionOf(bob) };
}

/** Lets the time of a variant pass for everybody. */
async function passAll(t: CaseContext, talk: Talk, outsider: LoggedIn, time: (typeof TIMES)[number]): Promise<void> {
  await passTime(t, talk, time);
  if (time === "after-restart") outsider.peer = await t.login(outsider.user, "mallory/again");
}

/** Makes sure that groups are still there after some time: that they are is for SYS-01 and GROUP-18 to tell. */
async function stillListed(t: CaseContext, { peer }: LoggedIn, groups: readonly bigint[]): Promise<void> {
  const listed = new Set(await groupsOf(t, peer));
  t.requires(
    groups.every((id) => listed.has(id)),
    "groups are no longer in the list of a member",
  );
}

const idOf = ({ user }: LoggedIn): bigint => user.user_id;

/** What members may do, they may do later, and what nobody may, nobody may then. */
export const membershipCases: readonly ConformanceCase[] = [
  ...defineGrid(
    {
      id: "GROUP-09/whenever",
      title: "inviting beyond 200 is refused as a whole, whenever the group was made",
      steps: ["a group of 199; time passes", "invite two: refused, still 199; invite one: 200"],
      axes: { time: TIMES },
    },
    async (t, at) => {
      const alice = { ...(await t.freshLogin("alice")) };
      const most = t.limit("group-members", MEMBER_LIMIT);
      const others = strangers(t, most + 1);
      const group = await createGroup(t, alice.peer, others.slice(0, most - 2));
      if (at.time === "after-restart") {
        await t.restart();
        alice.peer = await t.login(alice.user, "alice/again");
      }
      await stillListed(t, alice, [group]);
      const two = { user_id: idOf(alice), group_id: group, member_id_list: others.slice(-2) };
      await t.refused(alice.peer, alice.peer.send(commands.GROUP_INVITE_MEMBER_REQ, two), succeeded);
      t.equal((await readMembers(t, alice.peer, group)).length, most - 1, "members after the refusal");
      const one = { ...two, member_id_list: others.slice(-1) };
      const { result_code } = await alice.peer.ask(commands.GROUP_INVITE_MEMBER_REQ, one);
      t.equal(result_code, SUCCESS, `result_code of an invitation up to ${most}`);
      t.equal((await readMembers(t, alice.peer, group)).length, most, "members after the invitation");
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-11/whenever",
      title: "the owner disbands a group, and nobody else does, whenever it was made",
      steps: ["time passes", "a member and an outsider try to disband: refused; the owner does: 200"],
      axes: { time: TIMES },
    },
    async (t, at) => {
      const { alice, bob, mallory, group } = await later(t, at.time);
      for (const { user, peer } of [bob, mallory]) {
        const request = { user_id: user.user_id, group_id: group };
        await t.refused(peer, peer.send(commands.GROUP_DISBINGDING_REQ, request), succeeded);
      }
      const answer = await alice.peer.ask(commands.GROUP_DISBINGDING_REQ, { user_id: idOf(alice), group_id: group });
      t.equal(answer.result_code, SUCCESS, "result_code for the owner");
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-12/whenever",
      capabilities: ["group-permissions"],
      title: "a disbanded group stays disbanded",
      steps: ["alice disbands her group; time passes", "nobody sends to it; no list holds it; info leaves it out"],
      axes: { time: TIMES },
    },
    async (t, at) => {
      const talk = await openTalk(t, "group");
      const [bob] = talk.readers;
      const group = talk.sessionOf(bob);
      await disband(t, talk.writer.peer, group);
      await passTime(t, talk, at.time);
      for (const { peer } of [talk.writer, bob]) {
        await cannotSend(t, peer, group);
        t.ensure(!(await groupsOf(t, peer)).includes(group), "the group in no list", `it is in ${peer.name}'s`);
        t.equal((await infoOf(peer, [group])).group_info_list.length, 0, "groups that info returns");
      }
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-14/whenever",
      title: "a member leaves a group whenever it was made, and nobody leaves who is no member",
      steps: ["time passes", "an outsider leaves: refused; bob leaves: 200; he leaves again: refused"],
      axes: { time: TIMES },
    },
    async (t, at) => {
      const { bob, mallory, group } = await later(t, at.time);
      const exit = ({ user }: LoggedIn) => ({ user_id: user.user_id, group_id: group });
      await t.refused(mallory.peer, mallory.peer.send(commands.GROUP_EXIT_REQ, exit(mallory)), succeeded);
      t.equal((await bob.peer.ask(commands.GROUP_EXIT_REQ, exit(bob))).result_code, SUCCESS, "result_code for bob");
      await t.refused(bob.peer, bob.peer.send(commands.GROUP_EXIT_REQ, exit(bob)), succeeded);
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-15/whenever",
      unless: ["owner-handover"],
      title: "the owner cannot leave, whenever the group was made",
      steps: ["time passes", "the owner leaves: refused, still a member and able to send"],
      axes: { time: TIMES },
    },
    async (t, at) => {
      const { talk, alice, bob, carol, group } = await later(t, at.time);
      const request = { user_id: idOf(alice), group_id: group };
      await t.refused(alice.peer, alice.peer.send(commands.GROUP_EXIT_REQ, request), succeeded);
      await membersAre(t, bob.peer, group, [alice, bob, carol].map(idOf));
      await sayIn(t, talk, alice, "still here");
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-16/whenever",
      title: "who has left a group stays outside",
      steps: ["bob leaves; time passes", "he can send nothing, gets nothing, and neither list holds the other"],
      axes: { time: TIMES },
    },
    async (t, at) => {
      const talk = await openTalk(t, "group");
      const [bob, carol = bob] = talk.readers;
      const group = talk.sessionOf(bob);
      await leave(t, bob.peer, group);
      await passTime(t, talk, at.time);
      await stillListed(t, carol, [group]);
      await cannotSend(t, bob.peer, group);
      const { client_msg_id } = await sayIn(t, talk, carol, "without bob");
      await pushFence(t, carol.peer, bob.peer, { id: idOf(bob), type: SINGLE });
      t.equal(pushesOf(bob.peer, client_msg_id).length, 0, "pushes to bob");
      t.ensure(!(await groupsOf(t, bob.peer)).includes(group), "the group not in bob's list", "it is");
      await membersAre(t, carol.peer, group, [talk.writer, carol].map(idOf));
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-19/number",
      title: "info returns every group that is asked for, however many they are",
      steps: ["alice makes a number of groups; time passes", "she asks for all: each comes once, with its owner"],
      axes: { number: ["2", "64"], time: TIMES },
      asks: ({ number }) => ({ groups: Number(number), sessions: Number(number) + 2 }),
    },
    async (t, at) => {
      const alice = { ...(await t.freshLogin("alice")) };
      const ids = await createGroups(t, alice, [], Number(at.number));
      if (at.time === "after-restart") {
        await t.restart();
        alice.peer = await t.login(alice.user, "alice/again");
      }
      await stillListed(t, alice, ids);
      const { group_info_list: found } = await infoOf(alice.peer, ids);
      const wrong = ids.filter((id) => found.filter((one) => one.group_id === id).length !== 1);
      t.equal(wrong.length, 0, `the number of ${ids.length} groups that are missing or repeated`);
      const strange = found.filter((one) => one.group_owner_id !== idOf(alice));
      t.equal(strange.length, 0, "groups with another owner");
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-21/whenever",
      capabilities: ["group-permissions"],
      title: "any member invites, and nobody else, whenever the group was made",
      steps: ["time passes", "an outsider invites herself: refused; a member invites her: she is a member"],
      axes: { time: TIMES },
    },
    async (t, at) => {
      const { alice, bob, carol, mallory, group } = await later(t, at.time);
      const request = (by: LoggedIn) => ({ user_id: idOf(by), group_id: group, member_id_list: [idOf(mallory)] });
      await t.refused(mallory.peer, mallory.peer.send(commands.GROUP_INVITE_MEMBER_REQ, request(mallory)), succeeded);
      await membersAre(t, bob.peer, group, [alice, bob, carol].map(idOf));
      const answer = await bob.peer.ask(commands.GROUP_INVITE_MEMBER_REQ, request(bob));
      t.equal(answer.result_code, SUCCESS, "result_code for the member");
      await membersAre(t, bob.peer, group, [alice, bob, carol, mallory].map(idOf));
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-23/whenever",
      title: "an invitation to a disbanded group is refused, whenever that was",
      steps: ["alice disbands her group; time passes", "she invites mallory: not 200"],
      axes: { time: TIMES },
    },
    async (t, at) => {
      const talk = await openTalk(t, "group");
      const mallory = await t.freshLogin("mallory");
      const { writer: alice } = talk;
      const group = talk.sessionOf(alice);
      await disband(t, alice.peer, group);
      await passAll(t, talk, mallory, at.time);
      const request = { user_id: idOf(alice), group_id: group, member_id_list: [idOf(mallory)] };
      await t.refused(alice.peer, alice.peer.send(commands.GROUP_INVITE_MEMBER_REQ, request), succeeded);
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-26/whenever",
      title: "the owner removes members, and nobody else does, whenever the group was made",
      steps: ["time passes", "bob removes carol: refused; alice removes her: she is no member"],
      axes: { time: TIMES },
    },
    async (t, at) => {
      const { alice, bob, carol, group } = await later(t, at.time);
      const request = (by: LoggedIn) => ({ user_id: idOf(by), group_id: group, member_id_list: [idOf(carol)] });
      await t.refused(bob.peer, bob.peer.send(commands.GROUP_KICK_OUT_MEMBER_REQ, request(bob)), succeeded);
      await membersAre(t, bob.peer, group, [alice, bob, carol].map(idOf));
      const answer = await alice.peer.ask(commands.GROUP_KICK_OUT_MEMBER_REQ, request(alice));
      t.equal(answer.result_code, SUCCESS, "result_code for the owner");
      await membersAre(t, bob.peer, group, [alice, bob].map(idOf));
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-27/whenever",
      title: "the owner cannot be removed, whenever the group was made",
      steps: ["time passes", "the owner removes herself, which may be refused: she is a member still"],
      axes: { time: TIMES },
    },
    async (t, at) => {
      const { alice, bob, carol, group } = await later(t, at.time);
      alice.peer.send(commands.GROUP_KICK_OUT_MEMBER_REQ, {
        user_id: idOf(alice),
        group_id: group,
        member_id_list: [idOf(alice)],
      });
      t.requires((await alice.peer.fence()) === "answered", "alice's connection was closed");
      await membersAre(t, bob.peer, group, [alice, bob, carol].map(idOf));
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-30/number",
      title: "the member list holds every member, however many they are",
      steps: ["a group of a number of members; time passes", "the owner's list holds each of them once"],
      axes: { number: ["2", "200"], time: TIMES },
      asks: ({ number }) => ({ "group-members": Number(number) }),
    },
    async (t, at) => {
      const alice = { ...(await t.freshLogin("alice")) };
      const others = strangers(t, Number(at.number) - 1);
      const group = await createGroup(t, alice.peer, others);
      if (at.time === "after-restart") {
        await t.restart();
        alice.peer = await t.login(alice.user, "alice/again");
      }
      await stillListed(t, alice, [group]);
      const request = { user_id: idOf(alice), group_id: group };
      const { member_id_list: members } = await alice.peer.ask(commands.GROUP_LIST_MEMBER_REQ, request);
      const wrong = [idOf(alice), ...others].filter((id) => members.filter((one) => one === id).length !== 1);
      t.equal(wrong.length, 0, `the number of ${at.number} members that are missing or repeated`);
      t.equal(members.length, Number(at.number), "the number of members");
    },
  ),
  ...defineGrid(
    {
      id: "GROUP-32/whenever",
      title: "members send to a group, and nobody else, whenever it was made",
      steps: ["time passes", "an outsider sends: refused; every member sends: accepted"],
      axes: { time: TIMES },
    },
    async (t, at) => {
      const { talk, alice, bob, carol, mallory, group } = await later(t, at.time);
      await cannotSend(t, mallory.peer, group);
      for (const one of [alice, bob, carol]) {
        const text = messageIn(t, talk, one, "from a member", { session_type: GROUP });
        t.equal(
          (await one.peer.ask(commands.MSG_DATA, text)).res_code,
          ACCEPTED,
          `res_code of ${one.peer.name}'s message`,
        );
      }
    },
  ),
];
