import { setTimeout as delay } from "node:timers/promises";
import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** LOGIN-16: answers logins after four seconds. */
export const loginTakesFourSeconds: Mutant = {
  name: "login-takes-four-seconds",
  breaks: ["LOGIN-16"],
  title: "answers logins after four seconds",
  story: "The password hash was made so dear that it takes longer than the gate waits.",
  apply(seams) {
    changeEffects(seams, commands.LOGIN_AUTH_REQ, async (effects) => {
      await delay(4_000);
      return effects;
    });
  },
};
