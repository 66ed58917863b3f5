import { commands } from "../../codegen/index.ts";
import { Front } from "./front.ts";
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

/** Answers whoever registers by himself, and from the first registration beside another on nobody. */
export const poisonedByCrowd: SickTarget = {
  name: "poisoned-by-crowd",
  title: "serves nobody any more once two accounts are registered at the same time",
  start() {
    let underWay = 0;
    let isPoisoned = false;
    return Front.start({
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
    });
  },
};
