import { expect, test } from "vitest";
import { type CIMGroupInfo, CIMMsgType, commands } from "../../codegen/index.ts";
import { type CimClient, inGroup } from "../../harness/client/index.ts";
import { onEachStore, settle } from "./fixture.ts";
import {
  askToCreate,
  CREATED,
  contentOf,
  createGroup,
  DISBANDED,
  disband,
  expectAttachment,
  groupsOf,
  infoOf,
  invite,
  kick,
  leave,
  membersOf,
  notificationOf,
  sorted,
} from "./group-actions.ts";

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
