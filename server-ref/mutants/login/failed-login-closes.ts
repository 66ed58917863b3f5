import { commands } from "../../../codegen/index.ts";
import { close } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** LOGIN-09: closes the connection after a failed login. */
export const failedLoginCloses: Mutant = {
  name: "failed-login-closes",
  breaks: ["LOGIN-09"],
  companions: [
    { rule: "LOGIN-04", reason: "the case goes on after a failed login on the same connection" },
    { rule: "LOGIN-15", reason: "the case goes on after a failed login on the same connection" },
    { rule: "LOGIN-16", reason: "the case goes on after a failed login on the same connection" },
    { rule: "CONN-14", reason: "the case goes on after a failed login on the same connection" },
    { rule: "LOGIN-10", reason: "the case goes on after a failed login on the same connection" },
  ],
  title: "closes the connection after a failed login",
  story: "Whoever fails to log in has nothing to do on the connection any more.",
  apply(seams) {
    changeEffects(seams, commands.LOGIN_AUTH_REQ, (effects) => {
      const entered = effects.some(({ kind }) => kind === "login");
      return entered || effects.length === 0 ? effects : [...effects, close];
    });
  },
};
