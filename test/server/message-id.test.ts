import { expect, test } from "vitest";
import { type CIMGetLatestMsgIdRsp, type CIMGetMsgByIdRsp, commands } from "../../codegen/index.ts";
import { type CimClient, inGroup, type SessionRef, withUser } from "../../harness/client/index.ts";
import { onEachStore } from "./fixture.ts";
import { createGroup } from "./group-actions.ts";

function latest(client: CimClient, session: SessionRef): Promise<CIMGetLatestMsgIdRsp> {
  return client.request(commands.MSG_GET_LATEST_MSG_ID_REQ, { user_id: client.userId, ...session });
}

function byIds(client: CimClient, session: SessionRef, msg_id_list: string[]): Promise<CIMGetMsgByIdRsp> {
  return client.request(commands.MSG_GET_BY_MSG_ID_REQ, { user_id: client.userId, ...session, msg_id_list });
}

onEachStore("messages by id", {}, (fixture) => {
  test("the latest id is the newest message's of either side, or empty (MSGID-01)", async () => {
    const [alice, bob] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const session = withUser(bob.userId);
    expect(await latest(alice, session)).toEqual({ user_id: alice.userId, ...session, latest_msg_id: "" });
    const first = await alice.sendText(bob.userId, "one");
    expect((await latest(bob, withUser(alice.userId))).latest_msg_id).toBe(first.client_msg_id);
    const second = await bob.sendText(alice.userId, "two");
    expect((await latest(alice, session)).latest_msg_id).toBe(second.client_msg_id);
  });

  test("messages come by their ids in the order of the conversation; unknown ones are left out (MSGID-02)", async () => {
    const [alice, bob] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const session = withUser(bob.userId);
    const one = await alice.sendText(bob.userId, "one");
    const two = await bob.sendText(alice.userId, "two");
    const three = await alice.sendText(bob.userId, "three");
    const asked = [three.client_msg_id, "unknown", one.client_msg_id, three.client_msg_id, ""];
    const answer = await byIds(alice, session, asked);
    expect(answer).toMatchObject({ user_id: alice.userId, ...session });
    const whole = await alice.historyPage(bob.userId);
    expect(answer.msg_list).toEqual([whole[0], whole[2]]);
    expect((await byIds(alice, session, [two.client_msg_id])).msg_list).toEqual([whole[1]]);
    expect((await byIds(alice, session, [])).msg_list).toEqual([]);
  });

  test("two senders with the same id are both found (MSG-08)", async () => {
    const [alice, bob] = (await fixture.newClients(2)) as [CimClient, CimClient];
    await alice.sendMessage(withUser(bob.userId), { client_msg_id: "same", msg_data: Buffer.from("a") });
    await bob.sendMessage(withUser(alice.userId), { client_msg_id: "same", msg_data: Buffer.from("b") });
    const { msg_list } = await byIds(alice, withUser(bob.userId), ["same"]);
    expect(msg_list.map(({ msg_data }) => Buffer.from(msg_data).toString())).toEqual(["a", "b"]);
  });

  test("only the first 20 ids are looked up (MSGID-03)", async () => {
    const [alice, bob] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const ids: string[] = [];
    for (let n = 0; n < 21; n++) ids.push((await alice.sendText(bob.userId, `${n}`)).client_msg_id);
    const { msg_list } = await byIds(bob, withUser(alice.userId), ids);
    expect(msg_list.map(({ client_msg_id }) => client_msg_id)).toEqual(ids.slice(0, 20));
  });

  test("a message is found in its own conversation only, and by its sides only (MSGID-04)", async () => {
    const [alice, bob, eve] = (await fixture.newClients(3)) as [CimClient, CimClient, CimClient];
    const { client_msg_id } = await alice.sendText(bob.userId, "secret");
    for (const other of [alice.userId, bob.userId]) {
      expect((await byIds(eve, withUser(other), [client_msg_id])).msg_list).toEqual([]);
      expect((await latest(eve, withUser(other))).latest_msg_id).toBe("");
    }
    expect((await byIds(alice, withUser(eve.userId), [client_msg_id])).msg_list).toEqual([]);
    const group = await createGroup(alice, [bob]);
    const inside = await alice.sendText(inGroup(group), "for members");
    expect((await byIds(bob, inGroup(group), [inside.client_msg_id])).msg_list).toHaveLength(1);
    expect((await byIds(eve, inGroup(group), [inside.client_msg_id])).msg_list).toEqual([]);
    expect((await latest(eve, inGroup(group))).latest_msg_id).toBe("");
    expect((await byIds(bob, inGroup(group), [client_msg_id])).msg_list).toEqual([]);
  });

  test("a session of no known type has nothing", async () => {
    const client = await fixture.newClient();
    const session = { session_id: 7n, session_type: 3 } as unknown as SessionRef;
    expect(await latest(client, session)).toMatchObject({ latest_msg_id: "", session_type: 3 });
    expect((await byIds(client, session, ["x"])).msg_list).toEqual([]);
  });
});
