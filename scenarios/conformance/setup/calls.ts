import {
  type CIMChannelInfo,
  type CIMInviteRspCode,
  CIMVoipByeReason,
  type CIMVoipByeReq,
  type CIMVoipInviteReply,
  type CIMVoipInviteReq,
  CIMVoipInviteType,
  commands,
  type Partially,
} from "../../../codegen/index.ts";
import type { CaseContext, LoggedIn, Peer } from "../../../harness/runner/index.ts";
import { ANSWERED, TRYING } from "./values.ts";

/** A call whose invitation has reached the called user. */
export interface Call {
  readonly caller: LoggedIn;
  readonly called: LoggedIn;
  readonly channel: CIMChannelInfo;
}

/** An invitation as clients make it. */
export function invitation(caller: LoggedIn, called: readonly bigint[]): Partially<CIMVoipInviteReq> {
  return {
    creator_user_id: caller.user.user_id,
    invite_user_list: [...called],
    invite_type: CIMVoipInviteType.kCIM_VOIP_INVITE_TYPE_VOICE_CALL,
  };
}

/** Rings: the caller has its 100 and the called user the invitation. */
export async function ring(t: CaseContext): Promise<Call> {
  const caller = await t.freshLogin("caller");
  const called = await t.freshLogin("called");
  return await ringBetween(t, caller, called);
}

/** Like {@link ring} for given parties. */
export async function ringBetween(t: CaseContext, caller: LoggedIn, called: LoggedIn): Promise<Call> {
  const reply = await t.given("the invitation", () =>
    caller.peer.ask(commands.VOIP_INVITE_REQ, invitation(caller, [called.user.user_id])),
  );
  t.requires(reply.rsp_code === TRYING && reply.channel_info !== undefined, "the invitation was not taken");
  const invited = await t.given("the invitation's push", () =>
    called.peer.push(commands.VOIP_INVITE_REQ, (one) => one.creator_user_id === caller.user.user_id, "the invitation"),
  );
  const channel = invited.message.channel_info ?? reply.channel_info;
  t.requires(channel !== undefined, "the invitation has no channel");
  return { caller, called, channel: channel as CIMChannelInfo };
}

/** A call that rings on two devices of the called user. */
export async function ringTwoDevices(t: CaseContext): Promise<{ call: Call; phone: Peer; desktop: Peer }> {
  const user = await t.user();
  const phone = await t.login(user, "called/phone");
  const desktop = await t.login(user, "called/desktop");
  const call = await ringBetween(t, await t.freshLogin("caller"), { user, peer: phone });
  return { call, phone, desktop };
}

/** The called user rings or answers. */
export function reply(call: Call, rsp_code: CIMInviteRspCode): Partially<CIMVoipInviteReply> {
  return { user_id: call.called.user.user_id, rsp_code, channel_info: call.channel };
}

/** A call that was answered and confirmed. */
export async function talk(t: CaseContext): Promise<Call> {
  return await answered(t, await ring(t));
}

/** Answers a call that rings, and has the answer confirmed. @returns the call */
export async function answered(t: CaseContext, call: Call): Promise<Call> {
  await t.given("answering", () =>
    call.called.peer.answer(call.called.peer.send(commands.VOIP_INVITE_REPLY, reply(call, ANSWERED))),
  );
  await t.given("the forwarded answer", () =>
    call.caller.peer.push(
      commands.VOIP_INVITE_REPLY,
      (one) => one.rsp_code === ANSWERED && one.channel_info?.channel_name === call.channel.channel_name,
      "the 200",
    ),
  );
  call.caller.peer.send(commands.VOIP_INVITE_REPLY_ACK, { channel_info: call.channel });
  await t.given("a fence", () => call.caller.peer.fence());
  return call;
}

/** The end of a call as a party asks for it. */
export function bye(
  call: Call,
  by: LoggedIn,
  bye_reason: CIMVoipByeReason = CIMVoipByeReason.kCIM_VOIP_BYE_REASON_END,
  seconds: bigint = 0n,
): Partially<CIMVoipByeReq> {
  return { user_id: by.user.user_id, channel_info: call.channel, bye_reason, local_call_time_len: seconds };
}
