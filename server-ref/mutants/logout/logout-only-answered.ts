import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** LOGOUT-01: answers a logout and goes on pushing to the connection. */
export const logoutOnlyAnswered: Mutant = {
  name: "logout-only-answered",
  breaks: ["LOGOUT-01"],
  title: "answers a logout and goes on pushing to the connection",
  story: "The answer was written first and the rest was forgotten.",
  apply(seams) {
    changeEffects(seams, commands.LOGIN_AUTH_LOGOUT_REQ, (effects) => effects.filter(({ kind }) => kind !== "close"));
  },
};
