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

/**
 * Ends the calls whose time is up: those that nobody has answered, called users that are offline included (VOIP-05),
 * and answered ones of which neither side has shown life (VOIP-13). It need not be the gate that began them.
 */
export async function endOverdueCalls(context: LogicContext): Promise<BackgroundEffect[]> {
  const overdue = await context.calls.takeOverdue();
  return overdue.map((call) => {
    const isRinging = call.state === "ringing";
    mark(isRinging ? "VOIP-05" : "VOIP-13");
    return pushBye([call.creator_id, call.called_id], call, SERVER, isRinging ? CANCEL : END);
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
