import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { commands } from "../../codegen/index.ts";
import { CimClient } from "../../harness/client/index.ts";
import { type Mutant, StoreError } from "../../server-ref/index.ts";
import { type Account, Fixture, settle } from "./fixture.ts";
import { askToCreate, createGroup, disband, groupsOf, invite, kick, leave, membersOf } from "./group-actions.ts";

let isDown = false;
let failure = new Error("disk full");

/** A store whose every operation fails while it is down. */
const failingStore: Mutant = {
  name: "failing-store",
  breaks: [],
  title: "the store fails on request",
  story: "a disk fills up and is cleared again",
  apply(seams) {
    seams.store = new Proxy(seams.store, {
      get: (store, name) => {
        const operation = Reflect.get(store, name) as (...args: unknown[]) => Promise<unknown>;
        return (...args: unknown[]) => (isDown ? Promise.reject(failure) : operation(...args));
      },
    });
  },
};

const logged: string[] = [];
const fixture = new Fixture({ mutants: [failingStore], log: (line) => logged.push(line) });
let account: Account;
let client: CimClient;
let peer: CimClient;
let group: bigint;

beforeAll(async () => {
  await fixture.start();
  account = await fixture.newAccount();
  [client, peer] = [await fixture.connect(account), await fixture.newClient()];
  group = await createGroup(client, [peer]);
});
beforeEach(() => {
  isDown = false;
  failure = new Error("disk full");
});
afterAll(async () => {
  isDown = false;
  await fixture[Symbol.asyncDispose]();
});

test("group commands answer 201 and change nothing (CONN-21)", async () => {
  isDown = true;
  expect(await askToCreate(client, [])).toMatchObject({ user_id: client.userId, result_code: 201 });
  const failed = { user_id: client.userId, group_id: group, result_code: 201 };
  expect(await invite(client, group, [7n])).toMatchObject(failed);
  expect(await kick(client, group, [peer.userId])).toMatchObject(failed);
  expect(await disband(client, group)).toMatchObject(failed);
  expect(await leave(peer, group)).toMatchObject({ ...failed, user_id: peer.userId });
  const info = { user_id: client.userId, group_version_list: [{ group_id: group, group_version: 1 }] };
  expect(await client.request(commands.GROUP_INFO_REQ, info)).toMatchObject({ result_code: 201, group_info_list: [] });
  isDown = false;
  expect(await groupsOf(client)).toEqual([group]);
  expect(await membersOf(client, group)).toHaveLength(2);
  expect(logged).toContain("GROUP_CREATE_DEFAULT_REQ failed: disk full");
});

test("commands whose answer has no code go unanswered, and the connection goes on (CONN-21)", async () => {
  isDown = true;
  const asked = { user_id: client.userId };
  client.send(commands.GROUP_LIST_REQ, asked);
  client.send(commands.GROUP_LIST_MEMBER_REQ, { ...asked, group_id: group });
  client.send(commands.FRIEND_QUERY_USER_LIST_REQ, asked);
  client.send(commands.MSG_GET_LATEST_MSG_ID_REQ, { ...asked, session_type: 1, session_id: peer.userId });
  client.send(commands.MSG_GET_BY_MSG_ID_REQ, { ...asked, session_type: 1, session_id: peer.userId });
  await settle(client);
  isDown = false;
  expect(await groupsOf(client)).toEqual([group]);
});

test("what may have been done is not refused: the connection ends, and the message can be sent again (MSG-20)", async () => {
  failure = new StoreError("outcome-unknown", "it is not known whether a write took effect");
  for (const attempt of ["a message", "a change of a group"]) {
    using other = await fixture.connect(await fixture.newAccount(), { reconnect: false });
    isDown = true;
    const answer =
      attempt === "a message" ? other.sendMessage(peer.userId, { msg_data: Buffer.from("?") }) : leave(other, group);
    // A refusal would be an answer, or an error with the code "refused".
    await expect(answer).rejects.toMatchObject({ code: "closed" });
    isDown = false;
  }
  // A request that has no refusal goes unanswered, as ever.
  isDown = true;
  client.send(commands.MSG_READ_ACK, { user_id: client.userId, session_id: peer.userId, session_type: 1 });
  await settle(client);
});

test("logins answer 201 by either method, and work again afterwards (LOGIN-07)", async () => {
  isDown = true;
  using other = await CimClient.connect(fixture.tcp);
  const { user_name, password, user_id } = account;
  await expect(other.login({ user_name, password })).rejects.toMatchObject({ resultCode: 201 });
  await expect(other.login({ user_id, user_token: "token" })).rejects.toMatchObject({ resultCode: 201 });
  isDown = false;
  await other.login({ user_name, password });
});

test("the HTTP API answers 201 or -1, and the server is not ready (HTTP-11, HTTP-15)", async () => {
  isDown = true;
  await expect(fixture.newAccount()).rejects.toThrow("registration failed: 201");
  const query = await fetch(`${fixture.http}/user/nickname/query?user_id=${client.userId}`);
  expect([query.status, await query.json()]).toMatchObject([200, { error_code: -1 }]);
  const ready = await fetch(`${fixture.http}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { status: "unready", reason: "the store fails: disk full" },
  ]);
  expect((await fetch(`${fixture.http}/healthz`)).status).toBe(200);
});

test("a call can be ended although its record cannot be kept (VOIP-11)", async () => {
  const request = { creator_user_id: client.userId, invite_user_list: [peer.userId], invite_type: 1 as const };
  const { channel_info } = await client.request(commands.VOIP_INVITE_REQ, request);
  isDown = true;
  const bye = { user_id: client.userId, bye_reason: 1 as const, ...(channel_info && { channel_info }) };
  expect((await client.request(commands.VOIP_BYE_REQ, bye)).error_code).toBe(200);
  await peer.waitFor(commands.VOIP_BYE_NOTIFY);
  isDown = false;
  await client.request(commands.VOIP_INVITE_REQ, request);
  expect(await client.historyPage(peer.userId)).toEqual([]);
});
