import { CIMMsgType, CIMVoipByeReason, CIMVoipInviteType, commands } from "../../codegen/index.ts";
import type { CaseContext, ConformanceCase, LoggedIn, Peer } from "../../harness/runner/index.ts";
import { defineGrid } from "./define.ts";
import { answered, bye, type Call, invitation, RINGING, reply, ring, ringBetween, talk } from "./setup/index.ts";

const SIDES = ["caller", "called"] as const;
const PHASES = ["ringing", "talking"] as const;
const TRANSPORTS = ["tcp", "ws"] as const;
const { kCIM_VOIP_BYE_REASON_END: ENDED } = CIMVoipByeReason;
const { kCIM_VOIP_INVITE_TYPE_VOICE_CALL: VOICE_CALL } = CIMVoipInviteType;

/** A user on two devices: the first acts. */
async function onTwoDevices(t: CaseContext, name: string): Promise<LoggedIn & { others: Peer[] }> {
  const user = await t.user();
  const peer = await t.login(user, `${name}/first`);
  return { user, peer, others: [await t.login(user, `${name}/second`)] };
}

/** The channel names in whatever a connection got. */
function channelNames(peer: Peer): string[] {
  return peer.inbox.since(0).flatMap(({ message }) => {
    const channel = (message as { channel_info?: { channel_name: string } } | undefined)?.channel_info;
    return channel === undefined ? [] : [channel.channel_name];
  });
}

/** A call that has come as far as a variant wants. */
async function callIn(t: CaseContext, phase: (typeof PHASES)[number]): Promise<Call> {
  return phase === "ringing" ? await ring(t) : await talk(t);
}

/** Calls, seen from either side and as far as they have come. */
export const callSideCases: readonly ConformanceCase[] = [
  ...defineGrid(
    {
      id: "VOIP-03/everywhere",
      upstream: true,
      title: "every connection of both parties is told the same channel in all messages of a call",
      steps: [
        "caller and called have two devices each; the call rings, and is answered or not",
        "one side hangs up",
        "compare the channel names in all that the four connections got",
      ],
      axes: { side: SIDES, phase: PHASES, transport: TRANSPORTS },
    },
    async (t, at) => {
      const caller = await onTwoDevices(t, "caller");
      const called = await onTwoDevices(t, "called");
      const call = await ringBetween(t, caller, called);
      called.peer.send(commands.VOIP_INVITE_REPLY, reply(call, RINGING));
      for (const peer of [caller.peer, ...caller.others]) {
        await t.given("the 180", () =>
          peer.push(commands.VOIP_INVITE_REPLY, (one) => one.rsp_code === RINGING, "the 180"),
        );
      }
      if (at.phase === "talking") await answered(t, call);
      const [by, other] = at.side === "caller" ? [caller, called] : [called, caller];
      await t.given("the bye", () => by.peer.ask(commands.VOIP_BYE_REQ, bye(call, by)));
      const fits = (one: { user_id: bigint }): boolean => one.user_id === by.user.user_id;
      for (const peer of [other.peer, ...other.others]) {
        await t.given("the bye notify", () => peer.push(commands.VOIP_BYE_NOTIFY, fits, "a bye notify"));
      }
      const peers = [caller, called].flatMap(({ peer, others }) => [peer, ...others]);
      const names = new Set(peers.flatMap(channelNames));
      t.equal([...names], [call.channel.channel_name], "the channel names in all messages");
      t.ensure(!names.has(""), "a channel name", "an empty one");
    },
  ),
  ...defineGrid(
    {
      id: "VOIP-14/lost",
      level: "should",
      title: "the loss of a party's last connection ends the call, whoever it is and however far the call has come",
      steps: [
        "a call rings, or two users talk; the connection of one breaks",
        "the other gets a bye notify",
        "who was lost logs in again and calls: it rings",
      ],
      axes: { side: SIDES, phase: PHASES, transport: TRANSPORTS },
    },
    async (t, at) => {
      const call = await callIn(t, at.phase);
      const [lost, other] = at.side === "caller" ? [call.caller, call.called] : [call.called, call.caller];
      lost.peer.reset();
      await other.peer.push(commands.VOIP_BYE_NOTIFY, () => true, "a bye notify");
      lost.peer = await t.login(lost.user, `${at.side}/again`);
      lost.peer.send(commands.VOIP_INVITE_REQ, invitation(lost, [other.user.user_id]));
      const fits = (one: { creator_user_id: bigint }): boolean => one.creator_user_id === lost.user.user_id;
      const rings = () => other.peer.seen(commands.VOIP_INVITE_REQ, fits).at(-1);
      const isNew = (): true | undefined =>
        rings()?.channel_info?.channel_name !== call.channel.channel_name ? rings() && true : undefined;
      t.present(await other.peer.until(isNew), "an invitation to a new call", "none");
    },
  ),
  ...defineGrid(
    {
      id: "CONTENT-08/by-either-side",
      capabilities: ["calls"],
      title: "the record of a call names who hung up, whichever side it was",
      steps: [
        "two users talk, one of them hangs up after 42 s",
        "compare the fields of the record that the other gets",
      ],
      axes: { side: SIDES },
    },
    async (t, at) => {
      const call = await talk(t);
      const [by, other] = at.side === "caller" ? [call.caller, call.called] : [call.called, call.caller];
      await t.given("the bye", () => by.peer.ask(commands.VOIP_BYE_REQ, bye(call, by, ENDED, 42n)));
      const { message } = await t.given("the record", () =>
        other.peer.push(commands.MSG_DATA, (push) => push.msg_type === CIMMsgType.kCIM_MSG_TYPE_AVCHAT, "the record"),
      );
      const expected = {
        hangup_user_id: Number(by.user.user_id),
        hangup_reason: ENDED,
        time_len: 42,
        call_type: VOICE_CALL,
      };
      t.equal(parse(message.msg_data), expected, "the record");
    },
  ),
];

function parse(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
