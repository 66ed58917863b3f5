import { CIMVoipByeReason, commands } from "../../codegen/index.ts";
import { mark } from "../marks.ts";
import type { Call } from "./calls.ts";
import type { LogicContext } from "./context.ts";
import { type BackgroundEffect, type Push, push } from "./effect.ts";

/** Who hangs up when the server ends a call by itself. */
const SERVER = 0n;

const { kCIM_VOIP_BYE_REASON_CANCEL: CANCEL, kCIM_VOIP_BYE_REASON_END: END } = CIMVoipByeReason;

/** What every packet of a call carries (VOIP-03); there is no media service that would ask for a token. */
export function channelOf({ channel_name, creator_id }: Call): {
  channel_name: string;
  channel_token: string;
  creator_id: bigint;
} {
  return { channel_name, channel_token: "", creator_id };
}

/** Tells users that the call is over. */
export function pushBye(users: readonly bigint[], call: Call, hungUpBy: bigint, byeReason: CIMVoipByeReason): Push {
  return push(users, commands.VOIP_BYE_NOTIFY, { user_id: hungUpBy, channel_info: channelOf(call), byeReason });
}

/** Ends a call that nobody answers in time, called users that are offline included (VOIP-05, VOIP-13). */
export function endUnanswered({ channel_name }: Call, context: LogicContext): void {
  context.after(context.callLimits.answerMs, async () => {
    const ended = await context.calls.end(channel_name, ["ringing"]);
    if (!ended) return [];
    mark("VOIP-05");
    return [pushBye([ended.creator_id, ended.called_id], ended, SERVER, CANCEL)];
  });
}

/** Ends an answered call once neither side has shown life for the limit (VOIP-13). */
export function endWhenSilent({ channel_name, alive_at }: Call, context: LogicContext): void {
  const limit = context.callLimits.heartbeatMs;
  context.after(Math.max(0, alive_at + limit - context.now()), async () => {
    const call = await context.calls.change(channel_name, ["answered", "established"], {});
    if (!call) return [];
    if (context.now() - call.alive_at < limit) {
      endWhenSilent(call, context);
      return [];
    }
    mark("VOIP-13");
    const ended = await context.calls.end(channel_name);
    return ended ? [pushBye([ended.creator_id, ended.called_id], ended, SERVER, END)] : [];
  });
}

/** Ends the call of a user whose last connection has gone (VOIP-14). */
export async function endForLostParty(userId: bigint, context: LogicContext): Promise<BackgroundEffect[]> {
  const call = await context.calls.ofUser(userId);
  // Whoever was quick to come back and call is not lost: this call began after the old connection had gone.
  if (!call || (await context.isOnline(userId))) return [];
  const ended = await context.calls.end(call.channel_name);
  if (!ended) return [];
  mark("VOIP-14");
  const cancelled = ended.state === "ringing" && userId === ended.creator_id;
  const other = userId === ended.creator_id ? ended.called_id : ended.creator_id;
  return [pushBye([other], ended, userId, cancelled ? CANCEL : END)];
}
