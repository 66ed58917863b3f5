import { expect, test } from "vitest";
import { commands } from "../../codegen/index.ts";
import { createLocalCalls } from "../bus/local-calls.ts";
import { endForLostParty, endOverdueCalls } from "./call-end.ts";
import type { Call } from "./calls.ts";
import type { LogicContext } from "./context.ts";

const CALL: Call = {
  channel_name: "channel",
  creator_id: 7n,
  called_id: 8n,
  invite_type: 1,
  state: "ringing",
};

function contextWith(online: readonly bigint[]): LogicContext {
  const calls = createLocalCalls();
  return {
    calls,
    isOnline: async (userId: bigint) => online.includes(userId),
  } as Partial<LogicContext> as LogicContext;
}

test("ends the call of a user who is gone and tells the other side (VOIP-14)", async () => {
  const context = contextWith([8n]);
  await context.calls.begin(CALL, 60_000);
  const [push, ...more] = await endForLostParty(7n, context);
  expect(push).toMatchObject({ users: [8n], command: commands.VOIP_BYE_NOTIFY, message: { user_id: 7n } });
  expect(more).toEqual([]);
  expect(await context.calls.ofUser(8n)).toBeUndefined();
});

test("leaves the call of a user alone who came back before the loss was dealt with", async () => {
  const context = contextWith([7n, 8n]);
  await context.calls.begin(CALL, 60_000);
  expect(await endForLostParty(7n, context)).toEqual([]);
  expect(await context.calls.ofUser(7n)).toEqual(CALL);
});

test("ends a call whose time is up once, and none before (VOIP-05, VOIP-13)", async () => {
  const context = contextWith([7n, 8n]);
  await context.calls.begin(CALL, 60_000);
  expect(await endOverdueCalls(context)).toEqual([]);
  await context.calls.change("channel", ["ringing"], "answered", 0);
  const both = await Promise.all([endOverdueCalls(context), endOverdueCalls(context)]);
  const bye = { users: [7n, 8n], command: commands.VOIP_BYE_NOTIFY, message: { user_id: 0n, byeReason: 3 } };
  expect(both.flat()).toMatchObject([bye]);
  expect(await context.calls.ofUser(7n)).toBeUndefined();
});
