import { setTimeout as delay } from "node:timers/promises";
import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** LOGIN-16: answers logins after four seconds. */
export const loginTakesFourSeconds: Mutant = {
  name: "login-takes-four-seconds",
  breaks: ["LOGIN-16"],
  companions: [
    { rule: "CONN-05", reason: "the case judges the answer to a login, which is late" },
    { rule: "CONN-14", reason: "the case judges the answer to a login, which is late" },
    { rule: "LOGIN-01", reason: "the case judges the answer to a login, which is late" },
    { rule: "LOGIN-02", reason: "the case judges the answer to a login, which is late" },
    { rule: "LOGIN-03", reason: "the case judges the answer to a login, which is late" },
    { rule: "LOGIN-04", reason: "the case judges the answer to a login, which is late" },
    { rule: "LOGIN-05", reason: "the case judges the answer to a login, which is late" },
    { rule: "LOGIN-06", reason: "the case judges the answer to a login, which is late" },
    { rule: "LOGIN-09", reason: "the case judges the answer to a login, which is late" },
    { rule: "LOGIN-13", reason: "the case judges the answer to a login, which is late" },
    { rule: "LOGIN-14", reason: "the case judges the answer to a login, which is late" },
    { rule: "LOGIN-15", reason: "the case judges the answer to a login, which is late" },
    { rule: "CONN-01", reason: "the case judges the answer to a login, which is late" },
    { rule: "CONN-10", reason: "the case judges the answer to a login, which is late" },
  ],
  title: "answers logins after four seconds",
  story: "The password hash was made so dear that it takes longer than the gate waits.",
  apply(seams) {
    changeEffects(seams, commands.LOGIN_AUTH_REQ, async (effects) => {
      await delay(4_000);
      return effects;
    });
  },
};
