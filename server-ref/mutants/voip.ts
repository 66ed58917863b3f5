import { randomUUID } from "node:crypto";
import {
  type CIMChannelInfo,
  CIMErrorCode,
  CIMInviteRspCode,
  CIMMsgType,
  CIMVoipInviteType,
  commands,
} from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { push, reply } from "./wrap/effects.ts";
import { changeEffects, changeRequest, wrapHandle } from "./wrap/handlers.ts";
import { changeAnswers, changePushes } from "./wrap/packets.ts";

const { kCIM_ERR_SUCCESS: SUCCESS } = CIMErrorCode;
const {
  KCIM_VOIP_INVITE_CODE_OK: ACCEPTED,
  kCIM_VOIP_INVITE_CODE_RINGING: RINGING,
  kCIM_VOIP_INVITE_CODE_TRYING: TRYING,
} = CIMInviteRspCode;
const { kCIM_MSG_TYPE_AVCHAT: CALL_RECORD } = CIMMsgType;
const { kCIM_VOIP_INVITE_TYPE_VIDEO_CALL: VIDEO_CALL, kCIM_VOIP_INVITE_TYPE_VOICE_CALL: VOICE_CALL } =
  CIMVoipInviteType;

/** Mutants of section VOIP: call signalling. */
export const voipMutants: readonly Mutant[] = [
  defineMutant({
    name: "several-called-at-once",
    breaks: ["VOIP-01"],
    title: "takes the first user of an invitation that names several",
    story: "The list is read by its first entry.",
    apply(seams) {
      changeRequest(seams, commands.VOIP_INVITE_REQ, ({ invite_user_list }) => ({
        invite_user_list: invite_user_list.slice(0, 1),
      }));
    },
  }),
  defineMutant({
    name: "trying-from-the-caller",
    breaks: ["VOIP-02"],
    title: "gives the caller as `user_id` of the answer to an invitation",
    story: "All other answers echo the user who has asked.",
    apply(seams) {
      changeAnswers(seams, commands.VOIP_INVITE_REPLY, (_message, { self }) => ({ user_id: self }));
    },
  }),
  defineMutant({
    name: "channel-of-answer-differs",
    breaks: ["VOIP-03"],
    companions: [{ rule: "VOIP-08", reason: "the answering device gets another channel" }],
    title: "gives the answering device another channel name than the caller",
    story: "The name is made when a packet is filled in, and it contains the time.",
    apply(seams) {
      changeAnswers(seams, commands.VOIP_INVITE_REPLY_ACK, ({ channel_info }) => ({
        channel_info: channel_info && { ...channel_info, channel_name: `${channel_info.channel_name}-2` },
      }));
    },
  }),
  defineMutant({
    name: "invitation-to-one-device",
    breaks: ["VOIP-04"],
    title: "rings one device of the called user alone",
    story: "The call goes to the device that was used last.",
    apply(seams) {
      const { recipients } = seams.fanOut;
      seams.fanOut.recipients = (push, userId, connections, origin) => {
        const chosen = recipients(push, userId, connections, origin);
        return push.command.id === commands.VOIP_INVITE_REQ.id ? chosen.slice(-1) : chosen;
      };
    },
  }),
  defineMutant({
    name: "call-that-never-rang-stays",
    breaks: ["VOIP-05"],
    companions: [
      { rule: "VOIP-14", reason: "nothing but the answered call is in the table that a lost connection clears" },
      { rule: "VOIP-11", reason: "the bye does not end the call" },
      { rule: "VOIP-12", reason: "a call that does not end leaves no record" },
      { rule: "VOIP-15", reason: "the bye does not reach the other side" },
      { rule: "VOIP-16", reason: "the bye does not end the call" },
      { rule: "CONTENT-08", reason: "a call that does not end leaves no record" },
    ],
    title: "does not end a call that is hung up before the other side rings",
    story: "The call is put into the table of those to be ended when the other side answers for the first time.",
    apply(seams) {
      seams.userOffline.splice(0);
      const rang = new Set<bigint>();
      changeRequest(seams, commands.VOIP_INVITE_REPLY, ({ channel_info }) => {
        if (channel_info) rang.add(channel_info.creator_id);
        return {};
      });
      wrapHandle(seams, commands.VOIP_BYE_REQ, (request, context, original) => {
        const creator = request.message.channel_info?.creator_id ?? 0n;
        return rang.has(creator) ? original(request, context) : [reply(commands.VOIP_BYE_RSP, { error_code: SUCCESS })];
      });
    },
  }),
  defineMutant({
    name: "second-call-of-caller-answered",
    breaks: ["VOIP-06"],
    title: "answers a second invitation of a caller who has a call",
    story: "The table is by channel, and each invitation has a channel of its own.",
    apply(seams) {
      changeEffects(seams, commands.VOIP_INVITE_REQ, (effects, { self, message }) => {
        const [called, ...more] = message.invite_user_list;
        const valid =
          called !== undefined &&
          called !== 0n &&
          called !== self &&
          more.length === 0 &&
          (message.invite_type === VOICE_CALL || message.invite_type === VIDEO_CALL);
        if (effects.length > 0 || !valid) return effects;
        const channel_info = { channel_name: randomUUID(), channel_token: "", creator_id: self };
        return [reply(commands.VOIP_INVITE_REPLY, { user_id: 0n, rsp_code: TRYING, channel_info })];
      });
    },
  }),
  defineMutant({
    name: "ringing-not-forwarded",
    breaks: ["VOIP-07"],
    companions: [{ rule: "VOIP-09", reason: "the complete reply that follows the broken one is a 180" }],
    title: "does not tell the caller that the other side rings",
    story: "Only the answer seemed to matter.",
    apply(seams) {
      changePushes(seams, commands.VOIP_INVITE_REPLY, (message) =>
        message.rsp_code === RINGING ? undefined : message,
      );
    },
  }),
  defineMutant({
    name: "answer-not-forwarded",
    breaks: ["VOIP-08"],
    title: "does not tell the caller that the call was answered",
    story: "The caller will hear it.",
    apply(seams) {
      changePushes(seams, commands.VOIP_INVITE_REPLY, (message) =>
        message.rsp_code === ACCEPTED ? undefined : message,
      );
    },
  }),
  defineMutant({
    name: "call-found-without-channel",
    breaks: ["VOIP-09"],
    title: "finds the call of a reply without `channel_info` by the user who replies",
    story: "The server knows whom the user is talking to.",
    apply(seams) {
      wrapHandle(seams, commands.VOIP_INVITE_REPLY, async (request, context, original) => {
        if (request.message.channel_info) return await original(request, context);
        const call = await context.calls.ofUser(request.self);
        const { channel_name = "", creator_id = 0n } = call ?? {};
        return await original(
          {
            ...request,
            message: { ...request.message, channel_info: { channel_name, channel_token: "", creator_id } },
          },
          context,
        );
      });
    },
  }),
  defineMutant({
    name: "confirmation-forwarded",
    breaks: ["VOIP-10"],
    title: "passes the caller's confirmation on to the called user",
    story: "Everything that one side sends in a call goes to the other.",
    apply(seams) {
      changeEffects(seams, commands.VOIP_INVITE_REPLY_ACK, async (effects, { self, message }, context) => {
        const call = await context.calls.ofUser(self);
        return call ? [...effects, push([call.called_id], commands.VOIP_INVITE_REPLY_ACK, message)] : effects;
      });
    },
  }),
  defineMutant({
    name: "bye-only-answered",
    breaks: ["VOIP-11"],
    companions: [
      { rule: "VOIP-13", reason: "a call that ends by itself is told by the same notify" },
      { rule: "VOIP-14", reason: "the end of a lost party's call is told by the same notify" },
      { rule: "VOIP-17", reason: "other devices are told by the same notify" },
      { rule: "VOIP-06", reason: "a busy user is told by the same notify" },
      { rule: "VOIP-15", reason: "the reason does not reach the other side" },
    ],
    title: "does not tell the other side that the call is over",
    story: "The media connection ends anyway.",
    apply(seams) {
      changePushes(seams, commands.VOIP_BYE_NOTIFY, () => undefined);
    },
  }),
  defineMutant({
    name: "call-record-not-pushed",
    breaks: ["VOIP-12"],
    companions: [{ rule: "CONTENT-08", reason: "there is no push whose content could be looked at" }],
    title: "stores the record of a call without pushing it",
    story: "It is history, and history is asked for.",
    apply(seams) {
      changePushes(seams, commands.MSG_DATA, (message) => (message.msg_type === CALL_RECORD ? undefined : message));
    },
  }),
  defineMutant({
    name: "reason-always-end",
    breaks: ["VOIP-15"],
    companions: [
      { rule: "VOIP-17", reason: "the reason is part of what other devices are told" },
      { rule: "VOIP-06", reason: "the reason is part of what the caller is told" },
      { rule: "VOIP-11", reason: "the reason is part of what the other side is told" },
    ],
    title: "gives the normal end as the reason of every bye",
    story: "The notify is made by the server, and to the server every call just ends.",
    apply(seams) {
      changePushes(seams, commands.VOIP_BYE_NOTIFY, () => ({ byeReason: 3 }));
    },
  }),
  defineMutant({
    name: "strangers-may-hang-up",
    breaks: ["VOIP-16"],
    title: "lets anybody end a call who knows its channel",
    story: "Whoever has the channel was taken for a party.",
    apply(seams) {
      wrapHandle(seams, commands.VOIP_BYE_REQ, async (request, context, original) => {
        const creator = request.message.channel_info?.creator_id ?? 0n;
        const call = creator === 0n ? undefined : await context.calls.ofUser(creator);
        const isParty = call === undefined || request.self === call.creator_id || request.self === call.called_id;
        return await original(isParty ? request : { ...request, self: call.creator_id }, context);
      });
    },
  }),
  defineMutant({
    name: "invitation-names-another-channel",
    breaks: ["VOIP-03"],
    companions: [
      { rule: "VOIP-07", reason: "the called user rings on the channel of the invitation" },
      { rule: "VOIP-08", reason: "the called user answers on the channel of the invitation" },
    ],
    title: "names another channel in the invitation than to the caller",
    story: "Each side has a channel of its own, and the server knows which two belong together.",
    apply(seams) {
      const SUFFIX = "-called";
      const own = (channel: CIMChannelInfo | undefined): CIMChannelInfo | undefined =>
        channel && { ...channel, channel_name: channel.channel_name.replace(SUFFIX, "") };
      changePushes(seams, commands.VOIP_INVITE_REQ, ({ channel_info }) => ({
        channel_info: channel_info && { ...channel_info, channel_name: `${channel_info.channel_name}${SUFFIX}` },
      }));
      changeRequest(seams, commands.VOIP_INVITE_REPLY, (message) => ({ channel_info: own(message.channel_info) }));
      changeRequest(seams, commands.VOIP_BYE_REQ, (message) => ({ channel_info: own(message.channel_info) }));
    },
  }),
  defineMutant({
    name: "lost-caller-stays-busy",
    breaks: ["VOIP-14"],
    title: "ignores further invitations of a caller who lost the connection without hanging up",
    story: "The table of busy users is cleared by a bye, and a lost connection sends none.",
    apply(seams) {
      const busy = new Set<bigint>();
      const others = seams.userOffline.splice(0);
      seams.userOffline.push(async (userId, context) => {
        const call = await context.calls.ofUser(userId);
        if (call?.creator_id === userId) busy.add(userId);
        return (await Promise.all(others.map((one) => one(userId, context)))).flat();
      });
      wrapHandle(seams, commands.VOIP_INVITE_REQ, (request, context, original) =>
        busy.has(request.self) ? [] : original(request, context),
      );
    },
  }),
];
