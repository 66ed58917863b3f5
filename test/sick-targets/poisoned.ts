import { commands } from "../../codegen/index.ts";
import { Front, type Sickness } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/**
 * Serves everybody until so many accounts have been registered, then nobody: requests and registrations are taken and
 * never answered, as by a server whose one database transaction hangs.
 */
export function poisonedAfter(registrations: number): SickTarget {
  return {
    name: "poisoned",
    title: `serves nobody any more after ${registrations} registrations`,
    start() {
      let registered = 0;
      const isPoisoned = (): boolean => registered >= registrations;
      return Front.start({
        onHttp({ url }) {
          if (url?.startsWith("/user/register")) registered += 1;
          return registered > registrations;
        },
        onRequest: (frame) => isPoisoned() && frame.header.command_id !== commands.LOGIN_HEARTBEAT.id,
      });
    },
  };
}

/** Timers of the target, in milliseconds: the suite is told of them, so that its cases about timers pass. */
const CROWD_TIMERS = { login: 2_000, heartbeat: 3_000, ack: 2_000, call: 3_000 } as const;

/** Answers whoever registers by himself, and from the first registration beside another on nobody. */
export const poisonedByCrowd: SickTarget = {
  name: "poisoned-by-crowd",
  title: "serves nobody any more once two accounts are registered at the same time",
  start() {
    let underWay = 0;
    let isPoisoned = false;
    const sickness: Sickness = {
      onHttp({ url }, response) {
        if (!url?.startsWith("/user/register")) return isPoisoned;
        underWay += 1;
        response.once("finish", () => {
          underWay -= 1;
        });
        if (underWay > 1) isPoisoned = true;
        return isPoisoned;
      },
      onRequest: () => isPoisoned,
    };
    return Front.start(sickness, CROWD_TIMERS);
  },
};
