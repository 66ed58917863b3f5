import { expect, test } from "vitest";
import { CIMSessionType, commands } from "../../codegen/index.ts";
import { type CimClient, inGroup } from "../../harness/client/index.ts";
import { onEachStore, settle } from "./fixture.ts";
import { createGroup, invite, leave, sessionOf, unreadOf } from "./group-actions.ts";

onEachStore("messages of groups", {}, (fixture) => {
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
});
