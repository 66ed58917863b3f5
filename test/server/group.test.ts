import { expect, test } from "vitest";
import { type CIMGroupInfo, CIMMsgType, CIMSessionType, commands } from "../../codegen/index.ts";
import { type CimClient, inGroup } from "../../harness/client/index.ts";
import { onEachStore, settle } from "./fixture.ts";
import {
  askToCreate,
  contentOf,
  createGroup,
  disband,
  groupsOf,
  invite,
  kick,
  leave,
  membersOf,
  notificationOf,
  sorted,
} from "./group-actions.ts";

const CREATED = 1;
const INVITED = 2;
const KICKED = 3;
const LEFT = 4;
const DISBANDED = 6;

async function infoOf(client: CimClient, ...group_ids: bigint[]): Promise<CIMGroupInfo[]> {
  const group_version_list = group_ids.map((group_id) => ({ group_id, group_version: 0 }));
  const answer = await client.request(commands.GROUP_INFO_REQ, { user_id: client.userId, group_version_list });
  expect(answer).toMatchObject({ user_id: client.userId, result_code: 200 });
  return answer.group_info_list;
}

function attachedTo(answer: { attach_notificatino_msg: Uint8Array }): Record<string, unknown> {
  return JSON.parse(Buffer.from(answer.attach_notificatino_msg).toString()) as Record<string, unknown>;
}

/** That the answer carries this notification (wire contract, section 7). */
function expectAttachment(answer: { attach_notificatino_msg: Uint8Array }, group_id: bigint, kind: number): void {
  const attached = attachedTo(answer);
  expect(attached).toMatchObject({ to_session_id: Number(group_id), msg_type: 9, session_type: 2 });
  const content = JSON.parse(Buffer.from(attached["msg_data"] as string, "base64").toString()) as unknown;
  expect(content).toMatchObject({ notificationType: kind, data: { groupId: String(group_id) } });
}

onEachStore("groups", {}, (fixture) => {
  test("creation answers with the group and makes owner and members (GROUP-01, GROUP-02)", async () => {
    const [owner, member] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const before = Math.floor(Date.now() / 1000);
    const answer = await askToCreate(owner, [member.userId, 987_654_321n]);
    expect(answer).toMatchObject({
      user_id: owner.userId,
      result_code: 200,
      member_id_list: [member.userId, 987_654_321n, owner.userId],
      group_info: {
        group_name: "team",
        group_type: 1,
        join_model: 0,
        be_invite_model: 0,
        mute_model: 0,
        group_owner_id: owner.userId,
        group_intro: "",
        announcement: "",
        group_avatar: "",
      },
    });
    const info = answer.group_info as CIMGroupInfo;
    expect(info.group_id).toBeGreaterThan(0n);
    expect(info.create_time).toBe(info.update_time);
    expect(info.create_time).toBeGreaterThanOrEqual(before);
    expectAttachment(answer, info.group_id, CREATED);
    expect(await membersOf(member, info.group_id)).toEqual(sorted([owner.userId, member.userId, 987_654_321n]));
    expect(await infoOf(member, info.group_id)).toEqual([info]);
  });

  test("the notification of the creation reaches everybody online and stands first in the history (GROUP-08)", async () => {
    const [owner, member] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const group = await createGroup(owner, [member], "五人组");
    for (const client of [owner, member]) {
      const message = await notificationOf(client, group, CREATED);
      expect(message).toMatchObject({ from_user_id: 0n, to_session_id: group, server_msg_id: 1n, session_type: 2 });
      expect(contentOf(message)).toEqual({
        notificationType: CREATED,
        data: {
          groupId: String(group),
          groupName: "五人组",
          owner: String(owner.userId),
          ownerNick: "Nick 0",
          ids: [String(member.userId)],
          nickNames: ["Nick 1"],
        },
      });
      const [first] = await client.historyPage(inGroup(group));
      const { client_msg_id, msg_data, create_time } = message;
      expect(first).toMatchObject({
        client_msg_id,
        msg_data,
        create_time,
        from_user_id: 0n,
        server_msg_id: 1n,
        msg_type: CIMMsgType.kCIM_MSG_TYPE_NOTIFACATION,
      });
    }
  });

  test("the creator's other connection is told as well", async () => {
    const account = await fixture.newAccount();
    const [first, second] = [await fixture.connect(account), await fixture.connect(account)];
    const group = await createGroup(first, []);
    await notificationOf(second, group, CREATED);
  });

  test("members are a set: repeated ids and the creator's own count once (GROUP-03)", async () => {
    const [owner, member] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const answer = await askToCreate(owner, [member.userId, owner.userId, member.userId, owner.userId]);
    const group = (answer.group_info as CIMGroupInfo).group_id;
    expect(answer.member_id_list).toEqual([member.userId, owner.userId]);
    expect(await membersOf(owner, group)).toEqual(sorted([owner.userId, member.userId]));
    await settle(owner, member);
    for (const client of [owner, member]) {
      const pushes = client.takePushes(commands.MSG_DATA).filter(({ message }) => message.to_session_id === group);
      expect(pushes).toHaveLength(1);
      const sessions = (await client.sessions()).contact_session_list.filter(({ session_id }) => session_id === group);
      expect(sessions).toHaveLength(1);
    }
  });

  test("a group of one is legal (GROUP-04)", async () => {
    const owner = await fixture.newClient();
    const group = await createGroup(owner, []);
    expect(await membersOf(owner, group)).toEqual([owner.userId]);
  });

  test("a group without a name is named after the creator and the first three members (GROUP-05)", async () => {
    const [owner, ...members] = (await fixture.newClients(6)) as [CimClient, ...CimClient[]];
    const group = await createGroup(owner, members, "");
    expect((await infoOf(owner, group))[0]?.group_name).toBe("Nick 0,Nick 1,Nick 2,Nick 3");
    const long = await Promise.all([1, 2, 3, 4].map((n) => fixture.newClient(`${n}`.repeat(32))));
    const longNamed = await createGroup(long[0] as CimClient, long.slice(1), "");
    const [info] = await infoOf(long[0] as CimClient, longNamed);
    expect(info?.group_name).toBe(
      [1, 2, 3, 4]
        .map((n) => `${n}`.repeat(32))
        .join(",")
        .slice(0, 128),
    );
  });

  test("names up to 128 characters work, longer ones are refused (GROUP-06)", async () => {
    const owner = await fixture.newClient();
    const longest = "😀".repeat(128);
    const group = await createGroup(owner, [], longest);
    expect((await infoOf(owner, group))[0]?.group_name).toBe(longest);
    const refused = await askToCreate(owner, [], `${longest}!`);
    expect(refused).toMatchObject({ user_id: owner.userId, result_code: 201 });
    expect(await groupsOf(owner)).toEqual([group]);
  });

  test("everybody gets the session (GROUP-07) and a new member has nothing unread by joining (UNREAD-03)", async () => {
    const [owner, member, later] = (await fixture.newClients(3)) as [CimClient, CimClient, CimClient];
    const group = await createGroup(owner, [member]);
    await owner.sendText(inGroup(group), "before");
    await invite(owner, group, [later.userId]);
    for (const client of [owner, member, later]) {
      const { contact_session_list } = await client.sessions();
      expect(contact_session_list).toContainEqual(expect.objectContaining({ session_id: group, session_type: 2 }));
    }
    const before = await unreadOf(later, group);
    expect(before).toBeLessThanOrEqual(1);
    await owner.sendText(inGroup(group), "after");
    expect(await unreadOf(later, group)).toBe(before + 1);
  });

  test("more than 200 members are refused as a whole (GROUP-09)", async () => {
    const owner = await fixture.newClient();
    const strangers = Array.from({ length: 200 }, (_, n) => 5_000_000_000n + BigInt(n));
    expect(await askToCreate(owner, strangers)).toMatchObject({ result_code: 201 });
    expect(await groupsOf(owner)).toEqual([]);
    const answer = await askToCreate(owner, strangers.slice(1));
    const group = (answer.group_info as CIMGroupInfo).group_id;
    expect(await membersOf(owner, group)).toHaveLength(200);
    expect((await kick(owner, group, strangers.slice(1, 3))).result_code).toBe(200);
    expect((await invite(owner, group, [1n, 2n, 3n])).result_code).toBe(201);
    expect(await membersOf(owner, group)).toHaveLength(198);
    // Those who are members already take no place.
    expect((await invite(owner, group, [1n, 2n, owner.userId, strangers[5] as bigint])).result_code).toBe(200);
    expect(await membersOf(owner, group)).toHaveLength(200);
  });

  test("only the owner may disband, and a disbanded group is gone for everybody (GROUP-11, GROUP-12, GROUP-13)", async () => {
    const [owner, member] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const group = await createGroup(owner, [member]);
    expect(await disband(member, group)).toMatchObject({ user_id: member.userId, group_id: group, result_code: 201 });
    expect(await groupsOf(member)).toEqual([group]);
    const answer = await disband(owner, group);
    expect(answer).toMatchObject({ user_id: owner.userId, group_id: group, result_code: 200 });
    expectAttachment(answer, group, DISBANDED);
    for (const client of [owner, member]) {
      expect(contentOf(await notificationOf(client, group, DISBANDED)).data).toEqual({ groupId: String(group) });
      expect(await groupsOf(client)).toEqual([]);
      expect(await infoOf(client, group)).toEqual([]);
      await expect(client.sendText(inGroup(group), "anyone?")).rejects.toMatchObject({ code: "refused" });
      expect(await membersOf(client, group)).toEqual([]);
    }
    expect((await invite(owner, group, [12n])).result_code).toBe(201);
    expect((await leave(member, group)).result_code).toBe(201);
    expect((await kick(owner, group, [member.userId])).result_code).toBe(201);
    expect((await disband(owner, group)).result_code).toBe(201);
    expect((await disband(owner, 1n << 40n)).result_code).toBe(201);
  });

  test("who leaves gets nothing more of the group and the others are told (GROUP-14, GROUP-16, GROUP-17)", async () => {
    const [owner, member, other] = (await fixture.newClients(3)) as [CimClient, CimClient, CimClient];
    const group = await createGroup(owner, [member, other]);
    const answer = await leave(member, group);
    expect(answer).toMatchObject({ user_id: member.userId, group_id: group, result_code: 200 });
    expectAttachment(answer, group, LEFT);
    for (const client of [owner, other]) {
      const { data } = contentOf(await notificationOf(client, group, LEFT));
      expect(data).toEqual({ groupId: String(group), ids: [String(member.userId)], nickNames: ["Nick 1"] });
    }
    expect(await groupsOf(member)).toEqual([]);
    expect(await membersOf(owner, group)).toEqual(sorted([owner.userId, other.userId]));
    await settle(member);
    member.takePushes(commands.MSG_DATA);
    await owner.sendText(inGroup(group), "without you");
    await settle(member);
    expect(member.takePushes(commands.MSG_DATA)).toEqual([]);
    await expect(member.sendText(inGroup(group), "let me in")).rejects.toMatchObject({ code: "refused" });
    expect((await leave(member, group)).result_code).toBe(201);
    expect((await leave(member, 1n << 40n)).result_code).toBe(201);
  });

  test("the owner cannot leave (GROUP-15)", async () => {
    const [owner, member] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const group = await createGroup(owner, [member]);
    expect((await leave(owner, group)).result_code).toBe(201);
    expect(await membersOf(owner, group)).toEqual(sorted([owner.userId, member.userId]));
  });

  test("the group list names the groups with version 1 (GROUP-18)", async () => {
    const [owner, member] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const groups = [await createGroup(owner, [member]), await createGroup(member, [])];
    const answer = await member.request(commands.GROUP_LIST_REQ, { user_id: member.userId });
    expect(answer.user_id).toBe(member.userId);
    expect(sorted(answer.group_version_list.map(({ group_id }) => group_id))).toEqual(sorted(groups));
    for (const { group_version } of answer.group_version_list) expect(group_version).toBe(1);
  });

  test("group info leaves out what it does not know (GROUP-19, GROUP-20)", async () => {
    const owner = await fixture.newClient();
    const group = await createGroup(owner, []);
    expect((await infoOf(owner, group, 1n << 40n, group)).map(({ group_id }) => group_id)).toEqual([group]);
    expect(await infoOf(owner)).toEqual([]);
  });

  test("any member may invite anyone (GROUP-21, GROUP-24); the members are told (GROUP-31)", async () => {
    const [owner, member, guest] = (await fixture.newClients(3)) as [CimClient, CimClient, CimClient];
    const group = await createGroup(owner, [member]);
    const answer = await invite(member, group, [guest.userId, guest.userId, 77n]);
    expect(answer).toMatchObject({ user_id: member.userId, group_id: group, result_code: 200 });
    expectAttachment(answer, group, INVITED);
    for (const client of [owner, member, guest]) {
      const message = await notificationOf(client, group, INVITED);
      expect(message).toMatchObject({ from_user_id: 0n, server_msg_id: 2n });
      expect(contentOf(message).data).toEqual({
        groupId: String(group),
        userId: String(member.userId),
        ids: [String(guest.userId), "77"],
        nickNames: ["Nick 2", ""],
      });
      const changed = await client.waitFor(commands.GROUP_MEMBER_CHANGED_NOTIFY);
      expect(changed.message).toEqual({
        user_id: member.userId,
        group_id: group,
        changed_list: [
          { user_id: guest.userId, type: 1 },
          { user_id: 77n, type: 1 },
        ],
      });
    }
    await guest.sendText(inGroup(group), "thanks");
  });

  test("who is no member may not invite (GROUP-21)", async () => {
    const [owner, stranger] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const group = await createGroup(owner, []);
    const refused = await invite(stranger, group, [stranger.userId]);
    expect(refused).toMatchObject({ user_id: stranger.userId, group_id: group, result_code: 201 });
    expect(refused.attach_notificatino_msg).toHaveLength(0);
    expect(await membersOf(owner, group)).toEqual([owner.userId]);
  });

  test("inviting members changes nothing, inviting former members restores them (GROUP-22)", async () => {
    const [owner, member] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const group = await createGroup(owner, [member]);
    await settle(owner, member);
    for (const client of [owner, member]) client.takePushes(commands.MSG_DATA);
    const unchanged = await invite(owner, group, [member.userId]);
    expect(unchanged.result_code).toBe(200);
    expect(unchanged.attach_notificatino_msg).toHaveLength(0);
    await settle(owner, member);
    expect(member.takePushes(commands.MSG_DATA)).toEqual([]);
    expect(member.takePushes(commands.GROUP_MEMBER_CHANGED_NOTIFY)).toEqual([]);
    expect(await owner.historyPage(inGroup(group))).toHaveLength(1);
    await leave(member, group);
    expect((await invite(owner, group, [member.userId])).result_code).toBe(200);
    expect(await groupsOf(member)).toEqual([group]);
    await member.sendText(inGroup(group), "back again");
  });

  test("an unknown group is never joined (GROUP-23)", async () => {
    const owner = await fixture.newClient();
    expect((await invite(owner, 1n << 40n, [12n])).result_code).toBe(201);
  });

  test("an invitation or a kick of nobody is ignored (GROUP-25, GROUP-29)", async () => {
    const owner = await fixture.newClient();
    const group = await createGroup(owner, []);
    for (const command of [commands.GROUP_INVITE_MEMBER_REQ, commands.GROUP_KICK_OUT_MEMBER_REQ]) {
      const asked = owner.request(command as typeof commands.GROUP_INVITE_MEMBER_REQ, {
        user_id: owner.userId,
        group_id: group,
        member_id_list: [],
      });
      const outcome = asked.then(
        () => "answered",
        (error: Error) => error.message,
      );
      // Answers keep the order of the requests: this one would have come first.
      expect(await Promise.race([outcome, groupsOf(owner)])).toEqual([group]);
      outcome.catch(() => undefined);
    }
  });

  test("only the owner may remove members, who are told once more (GROUP-26, GROUP-28, GROUP-31)", async () => {
    const [owner, member, victim] = (await fixture.newClients(3)) as [CimClient, CimClient, CimClient];
    const group = await createGroup(owner, [member, victim]);
    expect((await kick(member, group, [victim.userId])).result_code).toBe(201);
    expect((await kick(member, group, [owner.userId])).result_code).toBe(201);
    const answer = await kick(owner, group, [victim.userId]);
    expect(answer).toMatchObject({ user_id: owner.userId, group_id: group, result_code: 200 });
    expectAttachment(answer, group, KICKED);
    for (const client of [owner, member, victim]) {
      const { data } = contentOf(await notificationOf(client, group, KICKED));
      const ids = [String(victim.userId)];
      expect(data).toEqual({ groupId: String(group), ownerUserId: String(owner.userId), ids, nickNames: ["Nick 2"] });
    }
    for (const client of [owner, member]) {
      const { message } = await client.waitFor(commands.GROUP_MEMBER_CHANGED_NOTIFY);
      expect(message).toMatchObject({ user_id: owner.userId, changed_list: [{ user_id: victim.userId, type: 2 }] });
    }
    expect(await groupsOf(victim)).toEqual([]);
    await expect(victim.sendText(inGroup(group), "why?")).rejects.toMatchObject({ code: "refused" });
    await settle(victim);
    victim.takePushes(commands.MSG_DATA);
    await member.sendText(inGroup(group), "oh");
    await settle(victim);
    expect(victim.takePushes(commands.MSG_DATA)).toEqual([]);
  });

  test("neither the owner nor a stranger can be removed (GROUP-27)", async () => {
    const [owner, member] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const group = await createGroup(owner, [member]);
    const answer = await kick(owner, group, [owner.userId, 31_337n]);
    expect(answer.attach_notificatino_msg).toHaveLength(0);
    expect(await membersOf(owner, group)).toEqual(sorted([owner.userId, member.userId]));
    expect(await owner.historyPage(inGroup(group))).toHaveLength(1);
  });

  test("only members see the member list; an unknown group has none (GROUP-30)", async () => {
    const [owner, stranger] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const group = await createGroup(owner, []);
    expect(await membersOf(stranger, group)).toEqual([]);
    expect(await membersOf(stranger, 1n << 40n)).toEqual([]);
  });

  test("only members of an existing group may send to it (GROUP-32, MSG-20)", async () => {
    const [owner, stranger] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const group = await createGroup(owner, []);
    await expect(stranger.sendText(inGroup(group), "hello")).rejects.toMatchObject({ code: "refused" });
    await expect(stranger.sendText(inGroup(1n << 40n), "hello")).rejects.toMatchObject({ code: "refused" });
    expect(await owner.historyPage(inGroup(group))).toHaveLength(1);
    expect((await owner.sendText(inGroup(group), "first")).server_msg_id).toBe(2n);
  });

  test("a group message reaches every connection of every other member, in one order (PUSH-03)", async () => {
    const [owner, member, stranger] = (await fixture.newClients(3)) as [CimClient, CimClient, CimClient];
    const group = await createGroup(owner, [member]);
    await settle(owner, member);
    for (const client of [owner, member]) client.takePushes(commands.MSG_DATA);
    for (let n = 0; n < 20; n++) await (n % 2 ? owner : member).sendText(inGroup(group), `${n}`);
    await settle(owner, member, stranger);
    const texts = (client: CimClient): string[] =>
      client.takePushes(commands.MSG_DATA).map(({ message }) => Buffer.from(message.msg_data).toString());
    expect(texts(owner)).toEqual(Array.from({ length: 10 }, (_, n) => `${2 * n}`));
    expect(texts(member)).toEqual(Array.from({ length: 10 }, (_, n) => `${2 * n + 1}`));
    expect(texts(stranger)).toEqual([]);
    const ids = (await member.historyPage(inGroup(group))).map(({ server_msg_id }) => server_msg_id);
    expect(ids).toEqual(Array.from({ length: 21 }, (_, n) => BigInt(n + 1)));
  });

  test("a group message raises everybody's count but the sender's, which becomes 0 (UNREAD-02)", async () => {
    const [owner, member] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const group = await createGroup(owner, [member]);
    const before = await unreadOf(member, group);
    await owner.sendText(inGroup(group), "one");
    await owner.sendText(inGroup(group), "two");
    expect(await unreadOf(member, group)).toBe(before + 2);
    expect(await unreadOf(owner, group)).toBe(0);
    await member.sendText(inGroup(group), "three");
    expect(await unreadOf(member, group)).toBe(0);
    expect(await unreadOf(owner, group)).toBe(1);
  });

  test("reading a group clears the reader's count and tells nobody (READ-06)", async () => {
    const [owner, member] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const group = await createGroup(owner, [member]);
    const { server_msg_id } = await owner.sendText(inGroup(group), "one");
    await owner.sendText(inGroup(group), "two");
    member.markRead(inGroup(group), server_msg_id);
    expect(await unreadOf(member, group)).toBe(1);
    member.markRead(inGroup(group));
    expect(await unreadOf(member, group)).toBe(0);
    await settle(owner, member);
    for (const client of [owner, member]) expect(client.takePushes(commands.MSG_READ_NOTIFY)).toEqual([]);
  });

  test("a message moves the group up in everybody's list (SESS-08)", async () => {
    const [owner, member] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const group = await createGroup(owner, [member]);
    await owner.sendText(inGroup(group), "news");
    const [own, others] = await Promise.all([sessionOf(owner, group), sessionOf(member, group)]);
    expect(others).toMatchObject({ server_msg_id: 2n, updated_time: own?.updated_time });
    expect(Buffer.from(others?.msg_data ?? "").toString()).toBe("news");
  });

  test("who has gone sees neither later messages nor the history (HIST-11, SESS-13, MSGID-04)", async () => {
    const [owner, member] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const group = await createGroup(owner, [member]);
    const { client_msg_id } = await owner.sendText(inGroup(group), "secret");
    await leave(member, group);
    await owner.sendText(inGroup(group), "more secret");
    const session = await sessionOf(member, group);
    expect(session === undefined || session.server_msg_id <= 3n).toBe(true);
    expect(Buffer.from(session?.msg_data ?? "").toString()).not.toContain("more secret");
    const conversation = { user_id: member.userId, session_type: 2, session_id: group } as const;
    expect(await member.historyPage(inGroup(group))).toEqual([]);
    const byId = { ...conversation, msg_id_list: [client_msg_id] };
    expect((await member.request(commands.MSG_GET_BY_MSG_ID_REQ, byId)).msg_list).toEqual([]);
    expect((await member.request(commands.MSG_GET_LATEST_MSG_ID_REQ, conversation)).latest_msg_id).toBe("");
  });

  test("a user and a group with the same number are two conversations (MSG-10, SESS-07)", async () => {
    const [owner, member] = (await fixture.newClients(2)) as [CimClient, CimClient];
    // Groups and users are numbered apart, so some group gets a user's number sooner or later; here the user is made up.
    const group = await createGroup(owner, [member]);
    await owner.sendText(inGroup(group), "to the group");
    await owner.sendText(group, "to the user");
    const sessions = (await owner.sessions()).contact_session_list.filter(({ session_id }) => session_id === group);
    expect(
      sessions.map(({ session_type, msg_data }) => [session_type, Buffer.from(msg_data).toString()]).sort(),
    ).toEqual([
      [CIMSessionType.kCIM_SESSION_TYPE_SINGLE, "to the user"],
      [CIMSessionType.kCIM_SESSION_TYPE_GROUP, "to the group"],
    ]);
  });

  test("nobody acts in another's name (LOGIN-17)", async () => {
    const [owner, intruder] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const group = await createGroup(owner, []);
    intruder.send(commands.GROUP_DISBINGDING_REQ, { user_id: owner.userId, group_id: group });
    intruder.send(commands.GROUP_INVITE_MEMBER_REQ, {
      user_id: owner.userId,
      group_id: group,
      member_id_list: [intruder.userId],
    });
    await settle(intruder);
    expect(await membersOf(owner, group)).toEqual([owner.userId]);
  });

  test("groups, members and their order survive a restart (SYS-01)", async () => {
    if (fixture.isVolatile) return;
    const [ownerAccount, memberAccount] = [await fixture.newAccount(), await fixture.newAccount()];
    const owner = await fixture.connect(ownerAccount);
    const group = await createGroup(owner, [await fixture.connect(memberAccount)]);
    await owner.sendText(inGroup(group), "before the restart");
    await fixture.stop();
    await fixture.start();
    const member = await fixture.connect(memberAccount);
    expect(await membersOf(member, group)).toEqual(sorted([ownerAccount.user_id, memberAccount.user_id]));
    expect((await member.sendText(inGroup(group), "after it")).server_msg_id).toBe(3n);
  });
});

async function sessionOf(client: CimClient, group: bigint) {
  const { contact_session_list } = await client.sessions();
  return contact_session_list.find(({ session_id, session_type }) => session_id === group && session_type === 2);
}

async function unreadOf(client: CimClient, group: bigint): Promise<number> {
  return (await sessionOf(client, group))?.unread_cnt ?? 0;
}
