import { expect, test } from "vitest";
import {
  type CIMChannelInfo,
  CIMInviteRspCode,
  type CIMMsgData,
  CIMVoipByeReason,
  type CIMVoipInviteReq,
  CIMVoipInviteType,
  commands,
} from "../../codegen/index.ts";
import type { CimClient } from "../../harness/client/index.ts";
import { type Account, Fixture, onEachStore, settle } from "./fixture.ts";

const { kCIM_VOIP_INVITE_TYPE_VOICE_CALL: VOICE, kCIM_VOIP_INVITE_TYPE_VIDEO_CALL: VIDEO } = CIMVoipInviteType;
const { kCIM_VOIP_INVITE_CODE_RINGING: RINGING, KCIM_VOIP_INVITE_CODE_OK: OK } = CIMInviteRspCode;
const {
  kCIM_VOIP_BYE_REASON_CANCEL: CANCEL,
  kCIM_VOIP_BYE_REASON_REJECT: REJECT,
  kCIM_VOIP_BYE_REASON_END: END,
  kCIM_VOIP_BYE_REASON_BUSY: BUSY,
  kCIM_VOIP_BYE_REASON_ONLINE_CLIENT_REJECT: OTHER_DEVICE,
} = CIMVoipByeReason;

/** Calls a user and returns the channel that the server gave. */
async function call(
  caller: CimClient,
  called: bigint,
  invite_type: CIMVoipInviteType = VOICE,
): Promise<CIMChannelInfo> {
  const request = { creator_user_id: caller.userId, invite_user_list: [called], invite_type };
  const answer = await caller.request(commands.VOIP_INVITE_REQ, request);
  expect(answer).toMatchObject({ user_id: 0n, rsp_code: 100 });
  return answer.channel_info as CIMChannelInfo;
}

function invitation(client: CimClient): Promise<CIMVoipInviteReq> {
  return client.waitFor(commands.VOIP_INVITE_REQ).then(({ message }) => message);
}

async function ringing(client: CimClient, channel_info: CIMChannelInfo): Promise<void> {
  client.send(commands.VOIP_INVITE_REPLY, { user_id: client.userId, rsp_code: RINGING, channel_info });
  await settle(client);
}

async function answer(client: CimClient, channel_info: CIMChannelInfo): Promise<CIMChannelInfo | undefined> {
  const reply = { user_id: client.userId, rsp_code: OK, channel_info };
  return (await client.request(commands.VOIP_INVITE_REPLY, reply)).channel_info;
}

/** Hangs up and returns the answer's code. */
async function bye(
  client: CimClient,
  channel_info: CIMChannelInfo | undefined,
  bye_reason: CIMVoipByeReason,
  local_call_time_len = 0n,
): Promise<number> {
  const request = { user_id: client.userId, bye_reason, local_call_time_len, ...(channel_info && { channel_info }) };
  return (await client.request(commands.VOIP_BYE_REQ, request)).error_code;
}

/** A call that both sides have picked up. */
async function establish(caller: CimClient, called: CimClient): Promise<CIMChannelInfo> {
  const channel = await call(caller, called.userId);
  await answer(called, (await invitation(called)).channel_info as CIMChannelInfo);
  caller.send(commands.VOIP_INVITE_REPLY_ACK, { channel_info: channel });
  await settle(caller);
  return channel;
}

async function recordOf(client: CimClient): Promise<CIMMsgData> {
  return (await client.waitFor(commands.MSG_DATA, ({ msg_type }) => msg_type === 10)).message;
}

/** Everything about calls that a client was told, for tests that nothing came. */
async function toldOf(client: CimClient): Promise<unknown[]> {
  await settle(client);
  const { VOIP_INVITE_REQ, VOIP_INVITE_REPLY, VOIP_BYE_NOTIFY } = commands;
  return [VOIP_INVITE_REQ, VOIP_INVITE_REPLY, VOIP_BYE_NOTIFY].flatMap((command) =>
    client.takePushes(command as typeof commands.VOIP_BYE_NOTIFY),
  );
}

onEachStore("calls", {}, (fixture) => {
  test("a whole call, from the invitation to the record (VOIP-02 to VOIP-12)", async () => {
    const accounts = [await fixture.newAccount("Anna"), await fixture.newAccount("Ben")] as [Account, Account];
    const [caller, callerPhone] = [await fixture.connect(accounts[0]), await fixture.connect(accounts[0])];
    const [called, calledPhone] = [await fixture.connect(accounts[1]), await fixture.connect(accounts[1])];
    const channel = await call(caller, called.userId, VIDEO);
    expect(channel.channel_name).not.toBe("");
    expect(channel).toMatchObject({ channel_token: "", creator_id: caller.userId });
    for (const client of [called, calledPhone]) {
      expect(await invitation(client)).toEqual({
        creator_user_id: caller.userId,
        invite_user_list: [called.userId],
        invite_type: VIDEO,
        channel_info: channel,
      });
    }
    await ringing(called, channel);
    expect(await answer(called, channel)).toEqual(channel);
    for (const client of [caller, callerPhone]) {
      for (const rsp_code of [RINGING, OK]) {
        const { message } = await client.waitFor(commands.VOIP_INVITE_REPLY);
        expect(message).toEqual({ user_id: called.userId, rsp_code, channel_info: channel });
      }
    }
    expect((await calledPhone.waitFor(commands.VOIP_BYE_NOTIFY)).message).toEqual({
      user_id: called.userId,
      channel_info: channel,
      byeReason: OTHER_DEVICE,
    });
    caller.send(commands.VOIP_INVITE_REPLY_ACK, { channel_info: channel });
    expect(await toldOf(called)).toEqual([]);
    expect(await bye(caller, channel, END, 42n)).toBe(200);
    for (const client of [called, calledPhone]) {
      const { message } = await client.waitFor(commands.VOIP_BYE_NOTIFY);
      expect(message).toEqual({ user_id: caller.userId, channel_info: channel, byeReason: END });
    }
    for (const client of [caller, callerPhone, called, calledPhone]) {
      const record = await recordOf(client);
      expect(record).toMatchObject({
        from_user_id: caller.userId,
        from_nick_name: "Anna",
        to_session_id: called.userId,
        session_type: 1,
        server_msg_id: 1n,
      });
      expect(record.client_msg_id).not.toBe("");
      expect(JSON.parse(Buffer.from(record.msg_data).toString())).toEqual({
        hangup_user_id: Number(caller.userId),
        hangup_reason: END,
        time_len: 42,
        call_type: VIDEO,
      });
    }
    const sessions = (await called.sessions()).contact_session_list;
    expect(sessions).toContainEqual(
      expect.objectContaining({ session_id: caller.userId, unread_cnt: 1, msg_type: 10 }),
    );
    expect(await bye(called, channel, END)).toBe(200);
    expect(await toldOf(caller)).toEqual([]);
    expect(await caller.historyPage(called.userId)).toHaveLength(1);
  });

  test.each([
    ["nobody", []],
    ["two", [7n, 8n]],
    ["user 0", [0n]],
  ])("an invitation of %s is ignored (VOIP-01)", async (_title, invite_user_list) => {
    const caller = await fixture.newClient();
    caller.send(commands.VOIP_INVITE_REQ, { creator_user_id: caller.userId, invite_user_list, invite_type: VOICE });
    expect(await toldOf(caller)).toEqual([]);
    await call(caller, 7n);
  });

  test("an invitation in another's name, of oneself or of no kind is ignored (VOIP-01, LOGIN-17)", async () => {
    const [caller, called] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const good = { creator_user_id: caller.userId, invite_user_list: [called.userId], invite_type: VOICE };
    for (const change of [
      { creator_user_id: 0n },
      { creator_user_id: called.userId },
      { invite_user_list: [caller.userId] },
      { invite_type: 0 },
      { invite_type: 3 as CIMVoipInviteType },
    ] as const) {
      caller.send(commands.VOIP_INVITE_REQ, { ...good, ...change } as typeof good);
    }
    expect(await toldOf(caller)).toEqual([]);
    expect(await toldOf(called)).toEqual([]);
  });

  test("who has a call makes no second one, and who is called meanwhile is busy (VOIP-06)", async () => {
    const [caller, called, third] = (await fixture.newClients(3)) as [CimClient, CimClient, CimClient];
    const channel = await call(caller, called.userId);
    const again = { creator_user_id: caller.userId, invite_user_list: [third.userId], invite_type: VOICE };
    caller.send(commands.VOIP_INVITE_REQ, again);
    await settle(caller);
    expect(await toldOf(third)).toEqual([]);
    for (const busy of [called, caller]) {
      const refused = await call(third, busy.userId);
      const { message } = await third.waitFor(commands.VOIP_BYE_NOTIFY);
      expect(message).toEqual({ user_id: busy.userId, channel_info: refused, byeReason: BUSY });
    }
    expect(await bye(caller, channel, CANCEL)).toBe(200);
    await call(third, called.userId);
  });

  test("of two who call each other at the same moment one gets through (VOIP-18)", async () => {
    const [alice, bob] = (await fixture.newClients(2)) as [CimClient, CimClient];
    for (const [one, other] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      const invite = { creator_user_id: one.userId, invite_user_list: [other.userId], invite_type: VOICE };
      one.send(commands.VOIP_INVITE_REQ, invite);
    }
    for (const client of [alice, bob, alice]) await settle(client);
    expect([alice, bob].flatMap((client) => client.takePushes(commands.VOIP_INVITE_REQ))).toHaveLength(1);
  });

  test("the called user may reject, the caller may cancel; the reason is passed on (VOIP-15, VOIP-17)", async () => {
    const account = await fixture.newAccount();
    const [called, calledPhone] = [await fixture.connect(account), await fixture.connect(account)];
    const caller = await fixture.newClient();
    const rejected = await call(caller, called.userId);
    expect(await bye(called, rejected, REJECT)).toBe(200);
    expect((await caller.waitFor(commands.VOIP_BYE_NOTIFY)).message).toMatchObject({ byeReason: REJECT });
    expect((await calledPhone.waitFor(commands.VOIP_BYE_NOTIFY)).message).toMatchObject({ byeReason: OTHER_DEVICE });
    expect(JSON.parse(Buffer.from((await recordOf(caller)).msg_data).toString())).toMatchObject({
      hangup_reason: REJECT,
    });
    const cancelled = await call(caller, called.userId);
    expect(cancelled.channel_name).not.toBe(rejected.channel_name);
    expect(await bye(caller, cancelled, CANCEL)).toBe(200);
    for (const client of [called, calledPhone]) {
      const { message } = await client.waitFor(commands.VOIP_BYE_NOTIFY);
      expect(message).toMatchObject({ user_id: caller.userId, byeReason: CANCEL });
    }
  });

  test("of two devices that answer the first one has the call (VOIP-17)", async () => {
    const account = await fixture.newAccount();
    const [called, calledPhone] = [await fixture.connect(account), await fixture.connect(account)];
    const caller = await fixture.newClient();
    const channel = await call(caller, called.userId);
    await answer(called, channel);
    calledPhone.send(commands.VOIP_INVITE_REPLY, { user_id: account.user_id, rsp_code: OK, channel_info: channel });
    await settle(calledPhone, caller);
    expect(caller.takePushes(commands.VOIP_INVITE_REPLY)).toHaveLength(1);
    expect(calledPhone.takePushes(commands.VOIP_BYE_NOTIFY)).toHaveLength(1);
    expect(called.takePushes(commands.VOIP_BYE_NOTIFY)).toHaveLength(0);
  });

  test("nobody but the two parties may reply to a call or end it (VOIP-16)", async () => {
    const [caller, called, stranger] = (await fixture.newClients(3)) as [CimClient, CimClient, CimClient];
    const channel = await call(caller, called.userId);
    stranger.send(commands.VOIP_INVITE_REPLY, { user_id: stranger.userId, rsp_code: OK, channel_info: channel });
    stranger.send(commands.VOIP_INVITE_REPLY, { user_id: called.userId, rsp_code: OK, channel_info: channel });
    caller.send(commands.VOIP_INVITE_REPLY, { user_id: caller.userId, rsp_code: OK, channel_info: channel });
    await settle(stranger, caller);
    expect(await bye(stranger, channel, END)).toBe(200);
    expect(await toldOf(caller)).toEqual([]);
    await invitation(called);
    expect(await toldOf(called)).toEqual([]);
    expect(await answer(called, channel)).toEqual(channel);
  });

  test("packets without a channel or of an unknown call do no harm (VOIP-07, VOIP-09, VOIP-10, VOIP-11)", async () => {
    const [caller, called] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const unknown = { channel_name: "none", channel_token: "", creator_id: caller.userId };
    for (const channel of [{}, { channel_info: unknown }]) {
      called.send(commands.VOIP_INVITE_REPLY, { user_id: called.userId, rsp_code: OK, ...channel });
      called.send(commands.VOIP_INVITE_REPLY, { user_id: called.userId, rsp_code: RINGING, ...channel });
      caller.send(commands.VOIP_INVITE_REPLY_ACK, channel);
    }
    caller.send(commands.VOIP_HEARTBEAT, {});
    expect(await bye(caller, undefined, END)).toBe(200);
    expect(await bye(caller, unknown, END)).toBe(200);
    await settle(caller, called);
    expect([await toldOf(caller), await toldOf(called)]).toEqual([[], []]);
  });

  test("a packet of an earlier call does not touch the present one (VOIP-09)", async () => {
    const [caller, called] = (await fixture.newClients(2)) as [CimClient, CimClient];
    const earlier = await call(caller, called.userId);
    await bye(caller, earlier, CANCEL);
    const present = await call(caller, called.userId);
    expect(await bye(called, earlier, REJECT)).toBe(200);
    called.send(commands.VOIP_INVITE_REPLY, { user_id: called.userId, rsp_code: OK, channel_info: earlier });
    expect(await toldOf(caller)).toEqual([]);
    expect(await answer(called, present)).toEqual(present);
  });

  test("losing the last connection ends a call, losing one of two does not (VOIP-14)", async () => {
    const account = await fixture.newAccount();
    const [called, calledPhone] = [await fixture.connect(account), await fixture.connect(account)];
    const caller = await fixture.newClient();
    const channel = await establish(caller, called);
    await settle(calledPhone);
    caller.takePushes(commands.VOIP_INVITE_REPLY);
    calledPhone.close();
    expect(await toldOf(caller)).toEqual([]);
    called.reset();
    const { message } = await caller.waitFor(commands.VOIP_BYE_NOTIFY);
    expect(message).toEqual({ user_id: account.user_id, channel_info: channel, byeReason: END });
    await call(caller, account.user_id);
  });
});

test("a call that nobody answers ends for both, offline users included (VOIP-05, VOIP-13)", async () => {
  await using fixture = await Fixture.start({ callAnswerTimeoutMs: 150 });
  const [caller, called] = (await fixture.newClients(2)) as [CimClient, CimClient];
  const channel = await call(caller, called.userId);
  for (const client of [caller, called]) {
    const { message } = await client.waitFor(commands.VOIP_BYE_NOTIFY);
    expect(message).toEqual({ user_id: 0n, channel_info: channel, byeReason: CANCEL });
  }
  const offline = await call(caller, 424_242n);
  expect((await caller.waitFor(commands.VOIP_BYE_NOTIFY)).message.channel_info).toEqual(offline);
  await call(caller, called.userId);
});

/** Ten to a second, so that they take twice as long as the call may be without one. */
const HEARTBEATS = 20;

test("an answered call ends when neither side shows life, and goes on while one does (VOIP-13)", async () => {
  await using fixture = await Fixture.start({ callHeartbeatTimeoutMs: 1000 });
  const [caller, called] = (await fixture.newClients(2)) as [CimClient, CimClient];
  const channel = await establish(caller, called);
  const ended = caller.waitFor(commands.VOIP_BYE_NOTIFY);
  let sent = 0;
  const heartbeats = setInterval(() => {
    called.send(commands.VOIP_HEARTBEAT, {});
    if (++sent === HEARTBEATS) clearInterval(heartbeats);
  }, 100);
  expect((await ended).message).toEqual({ user_id: 0n, channel_info: channel, byeReason: END });
  expect(sent, "heartbeats before the end").toBe(HEARTBEATS);
  await called.waitFor(commands.VOIP_BYE_NOTIFY, ({ user_id }) => user_id === 0n);
  await call(called, caller.userId);
});
