import { expect, test } from "vitest";
import { commands } from "../../codegen/index.ts";
import { type CimClient, inGroup } from "../../harness/client/index.ts";
import { onEachStore, settle } from "./fixture.ts";
import {
  contentOf,
  createGroup,
  expectAttachment,
  groupsOf,
  INVITED,
  invite,
  KICKED,
  kick,
  LEFT,
  leave,
  membersOf,
  notificationOf,
  sorted,
} from "./group-actions.ts";

onEachStore("members of groups", {}, (fixture) => {
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
});
