import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";
import { watchConnections } from "../wrap/packets.ts";

/** LOGIN-12: closes a user's earlier connections at a new login. */
export const newLoginKicksOld: Mutant = {
  name: "new-login-kicks-old",
  breaks: ["LOGIN-12"],
  companions: [
    { rule: "PUSH-01", reason: "the case needs several connections of one user" },
    { rule: "PUSH-03", reason: "the case needs several connections of one user" },
    { rule: "PUSH-04", reason: "the case needs several connections of one user" },
    { rule: "READ-04", reason: "the case needs several connections of one user" },
    { rule: "READ-08", reason: "the case needs several connections of one user" },
    { rule: "CONN-20", reason: "the case needs several connections of one user" },
    { rule: "LOGOUT-03", reason: "the case needs several connections of one user" },
    { rule: "VOIP-04", reason: "the case needs several connections of one user" },
    { rule: "VOIP-07", reason: "the case needs several connections of one user" },
    { rule: "VOIP-11", reason: "the case needs several connections of one user" },
    { rule: "VOIP-12", reason: "the case needs several connections of one user" },
    { rule: "VOIP-17", reason: "the case needs several connections of one user" },
    { rule: "ROBOT-03", reason: "the case needs several connections of one user" },
  ],
  title: "closes a user's earlier connections at a new login",
  story: "The table of users holds one connection per user.",
  apply(seams) {
    const connections = watchConnections(seams);
    changeEffects(seams, commands.LOGIN_AUTH_REQ, (effects) => {
      const entry = effects.find(({ kind }) => kind === "login");
      if (entry?.kind !== "login") return effects;
      for (const connection of connections) if (connection.self === entry.user_id) connection.close();
      return effects;
    });
  },
};
