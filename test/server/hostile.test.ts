import { expect, test } from "vitest";
import { type CIMVoipByeReason, commands, encodeRawFrame } from "../../codegen/index.ts";
import { type CimClient, inGroup, passwordDigest, RawConnection } from "../../harness/client/index.ts";
import { onEachStore, settle } from "./fixture.ts";
import { askToCreate, createGroup, groupsOf, invite, kick, membersOf, sorted } from "./group-actions.ts";

const LARGEST_ID = 2n ** 64n - 1n;
const ODD_IDS = [0n, 1n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n - 1n, 2n ** 63n, LARGEST_ID];

onEachStore("absurd requests", {}, (fixture) => {
  test("ids of any size are ordinary members (MSG-21, GROUP-10)", async () => {
    const owner = await fixture.newClient();
    const group = await createGroup(owner, []);
    expect((await invite(owner, group, ODD_IDS)).result_code).toBe(200);
    expect(await membersOf(owner, group)).toEqual(sorted([...ODD_IDS.slice(1), owner.userId].filter(unique)));
    expect((await kick(owner, group, ODD_IDS)).result_code).toBe(200);
  });

  test("hundreds of thousands of users are refused at once and leave nothing behind (GROUP-09, CONN-17)", async () => {
    const [owner, other] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const crowd = Array.from({ length: 300_000 }, (_, n) => BigInt(n + 1));
    expect((await askToCreate(owner, crowd)).result_code).toBe(201);
    const group = await createGroup(owner, [other]);
    expect((await invite(owner, group, crowd)).result_code).toBe(201);
    // Most of them are no members; those who are go.
    expect((await kick(owner, group, crowd)).result_code).toBe(200);
    expect(await membersOf(owner, group)).toEqual([owner.userId]);
    expect(await groupsOf(owner)).toEqual([group]);
  });

  test("groups with odd numbers do not exist, whatever is asked of them", async () => {
    const client = await fixture.newClient();
    for (const group_id of [0n, 2n ** 63n - 1n, 2n ** 63n, LARGEST_ID]) {
      const asked = { user_id: client.userId, group_id };
      expect((await client.request(commands.GROUP_DISBINGDING_REQ, asked)).result_code).toBe(201);
      expect((await client.request(commands.GROUP_EXIT_REQ, asked)).result_code).toBe(201);
      expect((await invite(client, group_id, [7n])).result_code).toBe(201);
      expect((await kick(client, group_id, [7n])).result_code).toBe(201);
      expect(await membersOf(client, group_id)).toEqual([]);
      await expect(client.sendText(inGroup(group_id), "x")).rejects.toMatchObject({ code: "refused" });
      expect(await client.historyPage(inGroup(group_id))).toEqual([]);
      client.markRead(inGroup(group_id), LARGEST_ID);
      const latest = { user_id: client.userId, session_type: 2, session_id: group_id } as const;
      expect((await client.request(commands.MSG_GET_LATEST_MSG_ID_REQ, latest)).latest_msg_id).toBe("");
    }
    expect((await client.sessions()).contact_session_list).toHaveLength(2);
  });

  test("calls with odd users, channels and lengths harm nobody (CONN-17)", async () => {
    const [caller, called] = (await fixture.newClients(2)) as [CimClient, CimClient];
    for (const id of ODD_IDS) {
      caller.send(commands.VOIP_INVITE_REQ, { creator_user_id: id, invite_user_list: [id, id], invite_type: 1 });
      caller.send(commands.VOIP_INVITE_REPLY, { user_id: id, rsp_code: 200, channel_info: { creator_id: id } });
      caller.send(commands.VOIP_INVITE_REPLY_ACK, {
        channel_info: { creator_id: id, channel_name: "\0".repeat(1000) },
      });
      caller.send(commands.VOIP_BYE_REQ, { user_id: id, channel_info: { creator_id: id } });
    }
    const request = { creator_user_id: caller.userId, invite_user_list: [called.userId], invite_type: 2 as const };
    const { channel_info } = await caller.request(commands.VOIP_INVITE_REQ, request);
    const bye = { user_id: called.userId, local_call_time_len: LARGEST_ID, bye_reason: 77 as CIMVoipByeReason };
    await called.request(commands.VOIP_BYE_REQ, { ...bye, ...(channel_info && { channel_info }) });
    const { message } = await caller.waitFor(commands.VOIP_BYE_NOTIFY);
    expect(message.byeReason).toBe(77);
    const record = (await caller.waitFor(commands.MSG_DATA)).message;
    expect(Buffer.from(record.msg_data).toString()).toBe(
      `{"hangup_user_id":${called.userId},"hangup_reason":77,"time_len":${LARGEST_ID},"call_type":2}`,
    );
  });

  test("robots are written to in groups and in any type without harm (CONN-17)", async () => {
    const client = await fixture.newClient();
    const group = await createGroup(client, []);
    await invite(client, group, [2020010702n]);
    await client.sendText(inGroup(group), "hello robot");
    for (const data of [
      Buffer.of(0xff, 0xfe, 0),
      Buffer.from("null"),
      Buffer.from('{"body":7}'),
      Buffer.alloc(2048, "ü"),
    ]) {
      for (const msg_type of [1, 7] as const) {
        await client.sendMessage({ session_id: 2020010702n, session_type: 1 }, { msg_type, msg_data: data });
        await client.waitFor(commands.MSG_DATA, ({ from_user_id }) => from_user_id === 2020010702n);
      }
    }
    expect(await client.historyPage(2020010702n)).toHaveLength(17);
    expect(await client.historyPage(inGroup(group))).toHaveLength(3);
  });

  test("bodies that do not parse are ignored by every command (CONN-14)", async () => {
    const account = await fixture.newAccount();
    const client = await fixture.connect(account);
    const raw = await RawConnection.open(fixture.tcp);
    const { user_name, password } = account;
    raw.sendFrame(commands.LOGIN_AUTH_REQ, { user_name, user_pwd: passwordDigest(password) }, 1);
    await raw.nextFrame();
    for (const command of Object.values(commands)) {
      for (const body of [Buffer.of(0x0a, 0xff), Buffer.of(0x07), Buffer.alloc(11, 0xff)]) {
        await raw.send(encodeRawFrame({ command_id: command.id, seq_num: 9 }, body));
      }
    }
    raw.sendFrame(commands.GROUP_LIST_REQ, { user_id: client.userId }, 77);
    const answer = await raw.waitForFrame(({ header }) => header.seq_num === 77);
    expect(answer.header.command_id).toBe(0x0508);
    await settle(client);
  });
});

function unique(id: bigint, index: number, all: bigint[]): boolean {
  return all.indexOf(id) === index;
}
