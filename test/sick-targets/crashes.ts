import { commands } from "../../codegen/index.ts";
import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/** Whether a packet is a command of a call without its `channel_info`: a server that reads it blindly crashes of that. */
function lacksChannel(id: number, body: Uint8Array): boolean {
  const command = [commands.VOIP_INVITE_REPLY, commands.VOIP_INVITE_REPLY_ACK, commands.VOIP_BYE_REQ].find(
    (one) => one.id === id,
  );
  try {
    return command !== undefined && command.body.decode(body).channel_info === undefined;
  } catch {
    return false;
  }
}

/** Timers of the server behind, in milliseconds: those that the runs name. */
const TIMERS = { login: 2_000, heartbeat: 3_000 };

/** @param isForGood whether nobody starts it again */
function crashing(name: string, title: string, isForGood: boolean): SickTarget {
  return {
    name,
    title,
    start: () =>
      Front.start(
        {
          onRequest({ header, body }, _link, front) {
            if (!lacksChannel(header.command_id, body)) return false;
            if (isForGood) front.crashForGood();
            else front.crash();
            return true;
          },
        },
        TIMERS,
      ),
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

/** Ended once by somebody else, whatever it was sent last, and started again at once. */
export const killedOnce: SickTarget = {
  name: "killed-once",
  title: "is ended from outside after 400 requests, once, and is started again at once",
  start() {
    let requests = 0;
    return Front.start(
      {
        onRequest(_, __, front) {
          requests += 1;
          if (requests === 400) front.crash();
          return requests === 400;
        },
      },
      TIMERS,
    );
  },
};

/** Requests before it is ended for the first time, and how long behind that it is ended once more, in milliseconds. */
const FIRST_END = 300;
const SECOND_END_MS = 1_500;

/** Ended by somebody else twice, whatever it was sent last, and started again at once. */
export const restartsTwice: SickTarget = {
  name: "restarts-twice",
  title: `is ended from outside behind ${FIRST_END} requests, and ${SECOND_END_MS} ms later, and is started again at once`,
  start() {
    let requests = 0;
    let endedAt: number | undefined;
    let ends = 0;
    return Front.start(
      {
        onRequest(_, __, front) {
          requests += 1;
          const isDue = endedAt === undefined ? requests >= FIRST_END : performance.now() - endedAt >= SECOND_END_MS;
          if (!isDue || ends === 2) return false;
          ends += 1;
          endedAt = performance.now();
          front.crash();
          return true;
        },
      },
      TIMERS,
    );
  },
};
