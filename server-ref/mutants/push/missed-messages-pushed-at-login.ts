import { commands } from "../../../codegen/index.ts";
import { pushStored } from "../../logic/push.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** PUSH-06: pushes the newest message of each session at login. */
export const missedMessagesPushedAtLogin: Mutant = {
  name: "missed-messages-pushed-at-login",
  breaks: ["PUSH-06"],
  companions: [
    { rule: "CONN-11", reason: "pushes at login take numbers of the counter" },
    { rule: "CONN-14", reason: "what is pushed at login is counted as a message that came" },
    { rule: "CONN-15", reason: "what is pushed at login is counted as a message that came" },
    { rule: "PUSH-05", reason: "older messages come behind newer ones" },
    { rule: "LOGOUT-02", reason: "what came before a login is pushed at it" },
  ],
  title: "pushes the newest message of each session at login",
  story: "It looked kind to bring the user up to date.",
  apply(seams) {
    changeEffects(seams, commands.LOGIN_AUTH_REQ, async (effects, _request, context) => {
      const entry = effects.find(({ kind }) => kind === "login");
      if (entry?.kind !== "login") return effects;
      const sessions = await context.store.sessions(entry.user_id);
      return [...effects, ...sessions.map(({ newest }) => pushStored([entry.user_id], newest, ""))];
    });
  },
};
