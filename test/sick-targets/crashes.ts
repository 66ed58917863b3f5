import { commands } from "../../codegen/index.ts";
import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/** Calls that have no channel: a server that reads it without looking crashes of them. */
const CALLS: readonly number[] = [
  commands.VOIP_INVITE_REPLY.id,
  commands.VOIP_INVITE_REPLY_ACK.id,
  commands.VOIP_BYE_REQ.id,
];

/** Whether a packet is a command of a call without its `channel_info`. */
function lacksChannel(id: number, body: Uint8Array): boolean {
  if (!CALLS.includes(id)) return false;
  try {
    return commands.VOIP_BYE_REQ.body.decode(body).channel_info === undefined && body.length < 20;
  } catch {
    return false;
  }
}

/** @param isForGood whether nobody starts it again */
function crashing(name: string, title: string, isForGood: boolean): SickTarget {
  return {
    name,
    title,
    start: () =>
      Front.start({
        onRequest({ header, body }, _link, front) {
          if (!lacksChannel(header.command_id, body)) return false;
          if (isForGood) front.crashForGood();
          else front.crash();
          return true;
        },
      }),
  };
}

export const crashesAndComesBack: SickTarget = crashing(
  "crashes-and-comes-back",
  "crashes of a call command without channel_info, and is started again at once",
  false,
);

export const crashesForGood: SickTarget = crashing(
  "crashes-for-good",
  "crashes of a call command without channel_info, and stays away",
  true,
);
