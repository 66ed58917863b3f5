import { randomUUID } from "node:crypto";
import {
  type CIMChannelInfo,
  CIMErrorCode,
  CIMInviteRspCode,
  CIMMsgType,
  CIMSessionType,
  CIMVoipByeReason,
  type CIMVoipByeReq,
  type CIMVoipInviteReply,
  type CIMVoipInviteReq,
  CIMVoipInviteType,
  commands,
} from "../../codegen/index.ts";
import { mark } from "../marks.ts";
import { channelOf, endForLostParty, pushBye } from "./call-end.ts";
import type { Call } from "./calls.ts";
import type { LogicContext } from "./context.ts";
import { type Effect, push, pushExceptOrigin, reply } from "./effect.ts";
import { handler, type Request, type Section } from "./handler.ts";
import { pushStored } from "./push.ts";

const { kCIM_VOIP_INVITE_CODE_TRYING: TRYING, kCIM_VOIP_INVITE_CODE_RINGING: RINGING } = CIMInviteRspCode;
const ANSWERED = CIMInviteRspCode.KCIM_VOIP_INVITE_CODE_OK;

/** The called user, or undefined for an invitation that is to be ignored (VOIP-01). */
function calledUser({ creator_user_id, invite_user_list, invite_type }: CIMVoipInviteReq): bigint | undefined {
  const [called, ...more] = invite_user_list;
  const known =
    invite_type === CIMVoipInviteType.kCIM_VOIP_INVITE_TYPE_VOICE_CALL ||
    invite_type === CIMVoipInviteType.kCIM_VOIP_INVITE_TYPE_VIDEO_CALL;
  return known && more.length === 0 && called !== 0n && called !== creator_user_id ? called : undefined;
}

/**
 * The call that a packet's `channel_info` speaks of, if Self is one of its two parties (VOIP-09, VOIP-16). A channel
 * name that is another call's means a packet that came too late.
 */
async function findCall(
  channel: CIMChannelInfo | undefined,
  self: bigint,
  context: LogicContext,
): Promise<Call | undefined> {
  if (!channel) return undefined;
  const call = await context.calls.ofUser(channel.creator_id);
  if (!call || call.creator_id !== channel.creator_id) return undefined;
  if (channel.channel_name !== "" && channel.channel_name !== call.channel_name) return undefined;
  if (self !== call.creator_id && self !== call.called_id) {
    mark("VOIP-16");
    return undefined;
  }
  return call;
}

async function invite({ self, message }: Request<CIMVoipInviteReq>, context: LogicContext): Promise<Effect[]> {
  const called = calledUser(message);
  if (called === undefined) {
    mark("VOIP-01");
    return [];
  }
  const call: Call = {
    channel_name: `021-${called}-${randomUUID()}`,
    creator_id: self,
    called_id: called,
    invite_type: message.invite_type,
    state: "ringing",
  };
  const begun = await context.calls.begin(call, context.callLimits.answerMs);
  if (!begun.begun && begun.busy === "caller") {
    mark("VOIP-06");
    return [];
  }
  // VOIP-02: user_id 0 is the server itself.
  const trying = reply(commands.VOIP_INVITE_REPLY, { user_id: 0n, rsp_code: TRYING, channel_info: channelOf(call) });
  if (!begun.begun) {
    mark("VOIP-06");
    return [trying, pushBye([self], call, called, CIMVoipByeReason.kCIM_VOIP_BYE_REASON_BUSY)];
  }
  // VOIP-04
  return [trying, push([called], commands.VOIP_INVITE_REQ, { ...message, channel_info: channelOf(call) })];
}

async function ring(call: Call, message: CIMVoipInviteReply): Promise<Effect[]> {
  if (call.state !== "ringing") return [];
  mark("VOIP-07");
  return [push([call.creator_id], commands.VOIP_INVITE_REPLY, message)];
}

async function answer(call: Call, message: CIMVoipInviteReply, context: LogicContext): Promise<Effect[]> {
  const { heartbeatMs } = context.callLimits;
  const answered = await context.calls.change(call.channel_name, ["ringing"], "answered", heartbeatMs);
  // Another device of the called user was faster, and this one is told so by the bye that went out then.
  if (!answered) return [];
  mark("VOIP-08");
  return [
    reply(commands.VOIP_INVITE_REPLY_ACK, { channel_info: channelOf(answered) }),
    push([answered.creator_id], commands.VOIP_INVITE_REPLY, message),
    stopRinging(answered),
  ];
}

/** Tells the called user's other devices that one of them has taken or rejected the call (VOIP-17). */
function stopRinging(call: Call): Effect {
  return pushExceptOrigin([call.called_id], commands.VOIP_BYE_NOTIFY, {
    user_id: call.called_id,
    channel_info: channelOf(call),
    byeReason: CIMVoipByeReason.kCIM_VOIP_BYE_REASON_ONLINE_CLIENT_REJECT,
  });
}

async function bye({ self, nickname, message }: Request<CIMVoipByeReq>, context: LogicContext): Promise<Effect[]> {
  // VOIP-11: the answer is the same for a call that is unknown or over.
  const over = reply(commands.VOIP_BYE_RSP, { error_code: CIMErrorCode.kCIM_ERR_SUCCESS });
  const call = await findCall(message.channel_info, self, context);
  const ended = call && (await context.calls.end(call.channel_name));
  if (!ended) return [over];
  mark("VOIP-15");
  const other = self === ended.creator_id ? ended.called_id : ended.creator_id;
  const effects: Effect[] = [over, pushBye([other], ended, self, message.bye_reason)];
  if (ended.state === "ringing" && self === ended.called_id) effects.push(stopRinging(ended));
  return [...effects, ...(await record(ended, other, { self, nickname, message }, context))];
}

/** CONTENT-08; written by hand, because JSON.stringify takes no ids above 2^53. */
function recordContent({ invite_type }: Call, { user_id, bye_reason, local_call_time_len }: CIMVoipByeReq): Uint8Array {
  return Buffer.from(
    `{"hangup_user_id":${user_id},"hangup_reason":${bye_reason},"time_len":${local_call_time_len},"call_type":${invite_type}}`,
  );
}

/**
 * Stores the call's record, from who hung up to the other one, as a push to all devices of both (VOIP-12). The call is
 * over even when that fails.
 */
async function record(
  call: Call,
  other: bigint,
  { self, nickname, message }: Request<CIMVoipByeReq>,
  context: LogicContext,
): Promise<Effect[]> {
  mark("VOIP-12");
  try {
    const stored = await context.store.append({
      from_user_id: self,
      to_session_id: other,
      session_type: CIMSessionType.kCIM_SESSION_TYPE_SINGLE,
      client_msg_id: randomUUID(),
      msg_type: CIMMsgType.kCIM_MSG_TYPE_AVCHAT,
      msg_data: recordContent(call, message),
      create_time: context.nowSeconds(),
    });
    return stored.outcome === "stored" ? [pushStored([self, other], stored.message, nickname)] : [];
  } catch (error) {
    context.background(() => Promise.reject(error));
    return [];
  }
}

const inviteUser = handler({
  command: commands.VOIP_INVITE_REQ,
  claims: (message) => message.creator_user_id,
  handle: invite,
});

const replyToInvitation = handler({
  command: commands.VOIP_INVITE_REPLY,
  claims: (message) => message.user_id,
  async handle({ self, message }, context) {
    const call = await findCall(message.channel_info, self, context);
    if (!call || self !== call.called_id) {
      mark("VOIP-09");
      return [];
    }
    if (message.rsp_code === RINGING) return ring(call, message);
    return message.rsp_code === ANSWERED ? answer(call, message, context) : [];
  },
});

const confirmAnswer = handler({
  command: commands.VOIP_INVITE_REPLY_ACK,
  async handle({ self, message }, context) {
    const call = await findCall(message.channel_info, self, context);
    if (!call || self !== call.creator_id) return [];
    mark("VOIP-10");
    await context.calls.change(call.channel_name, ["answered"], "established", context.callLimits.heartbeatMs);
    return [];
  },
});

/** Says that Self's answered call goes on (VOIP-13). */
const callHeartbeat = handler({
  command: commands.VOIP_HEARTBEAT,
  async handle({ self }, context) {
    const call = await context.calls.ofUser(self);
    if (!call || call.state === "ringing") return [];
    await context.calls.change(call.channel_name, [call.state], call.state, context.callLimits.heartbeatMs);
    return [];
  },
});

const hangUp = handler({
  command: commands.VOIP_BYE_REQ,
  claims: (message) => message.user_id,
  handle: bye,
  failed: () => [reply(commands.VOIP_BYE_RSP, { error_code: CIMErrorCode.kCIM_ERR_INTERNAL_ERROR })],
});

export const section: Section = {
  handlers: [inviteUser, replyToInvitation, confirmAnswer, callHeartbeat, hangUp],
  userOffline: endForLostParty,
};
