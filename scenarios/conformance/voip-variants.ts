import { CIMVoipByeReason, commands } from "../../codegen/index.ts";
import type { CaseContext, ConformanceCase, LoggedIn } from "../../harness/runner/index.ts";
import { defineGrid } from "./define.ts";
import { bye, type Call, connectionsOf, invitation, ring, TRYING, talk } from "./setup/index.ts";

const { kCIM_VOIP_BYE_REASON_CANCEL: CANCELLED } = CIMVoipByeReason;

/** A call that must ring. */
async function rings(t: CaseContext, caller: LoggedIn, called: LoggedIn): Promise<Call> {
  const before = called.peer.seen(commands.VOIP_INVITE_REQ).length;
  const told = await caller.peer.ask(commands.VOIP_INVITE_REQ, invitation(caller, [called.user.user_id]));
  t.equal(told.rsp_code, TRYING, `rsp_code of the call by ${caller.peer.name}`);
  const invited = await called.peer.until(() => called.peer.seen(commands.VOIP_INVITE_REQ)[before]);
  t.present(invited, `an invitation on ${called.peer.name}`, "none");
  return { caller, called, channel: t.present(told.channel_info, "channel_info in the 100", "none") };
}

/** VOIP: calls on many connections, and after a party was lost. */
export const voipVariantCases: readonly ConformanceCase[] = [
  ...defineGrid(
    {
      id: "VOIP-03/told-alike",
      upstream: true,
      title: "the caller and every connection of the called user are told the same channel",
      steps: [
        "alice calls bob, who has a number of connections",
        "the invitation on each of them has the channel that alice was told",
      ],
      axes: { number: ["1", "2", "10"], transport: ["tcp", "ws", "mixed"] },
    },
    async (t, at) => {
      const caller = await t.freshLogin("caller");
      const user = await t.user();
      const peers = await connectionsOf(t, user, Number(at.number), "called");
      const told = await t.given("the 100", () =>
        caller.peer.ask(commands.VOIP_INVITE_REQ, invitation(caller, [user.user_id])),
      );
      const channel = told.channel_info?.channel_name ?? "";
      t.requires(channel !== "", "the caller was told no channel");
      for (const peer of peers) {
        const { message } = await t.given("the invitation", () =>
          peer.push(commands.VOIP_INVITE_REQ, (one) => one.creator_user_id === caller.user.user_id, "the invitation"),
        );
        t.equal(message.channel_info?.channel_name, channel, `channel_name of the invitation on ${peer.name}`);
      }
    },
  ),
  ...defineGrid(
    {
      id: "VOIP-14/free-again",
      level: "should",
      title: "who lost the connection in a call may call again and be called",
      steps: [
        "a call rings or was answered",
        "the caller's, or the called user's, connection breaks; the other is told that the call is over",
        "the one who was lost comes back and calls the other: it rings; then the other way round",
      ],
      axes: { role: ["caller", "called"], phase: ["ringing", "answered"], transport: ["tcp", "ws"] },
    },
    async (t, at) => {
      const call = at.phase === "answered" ? await talk(t) : await ring(t);
      const [lost, other] = at.role === "caller" ? [call.caller, call.called] : [call.called, call.caller];
      lost.peer.reset();
      await t.given("the end of the call", () =>
        other.peer.push(commands.VOIP_BYE_NOTIFY, (one) => one.user_id === lost.user.user_id, "a bye notify"),
      );
      lost.peer = await t.login(lost.user, `${lost.peer.name}/again`);
      const first = await rings(t, lost, other);
      await t.given("the bye", () => lost.peer.ask(commands.VOIP_BYE_REQ, bye(first, lost, CANCELLED)));
      await rings(t, other, lost);
    },
  ),
];
