import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** LOGOUT-01: closes the connection at a logout without an answer. */
export const logoutUnanswered: Mutant = {
  name: "logout-unanswered",
  breaks: ["LOGOUT-01"],
  title: "closes the connection at a logout without an answer",
  story: "The client is leaving, so nobody seemed to be there to read an answer.",
  apply(seams) {
    changeEffects(seams, commands.LOGIN_AUTH_LOGOUT_REQ, (effects) => effects.filter(({ kind }) => kind !== "reply"));
  },
};
