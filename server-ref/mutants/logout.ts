import { CIMSessionType, commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { changeEffects } from "./wrap/handlers.ts";
import { watchConnections } from "./wrap/packets.ts";
import { wrapStore } from "./wrap/store.ts";

const { kCIM_SESSION_TYPE_SINGLE: SINGLE } = CIMSessionType;

/** Mutants of section LOGOUT: logout. */
export const logoutMutants: readonly Mutant[] = [
  defineMutant({
    name: "logout-only-answered",
    breaks: ["LOGOUT-01"],
    title: "answers a logout and goes on pushing to the connection",
    story: "The answer was written first and the rest was forgotten.",
    apply(seams) {
      changeEffects(seams, commands.LOGIN_AUTH_LOGOUT_REQ, (effects) => effects.filter(({ kind }) => kind !== "close"));
    },
  }),
  defineMutant({
    name: "logout-unanswered",
    breaks: ["LOGOUT-01"],
    title: "closes the connection at a logout without an answer",
    story: "The client is leaving, so nobody seemed to be there to read an answer.",
    apply(seams) {
      changeEffects(seams, commands.LOGIN_AUTH_LOGOUT_REQ, (effects) => effects.filter(({ kind }) => kind !== "reply"));
    },
  }),
  defineMutant({
    name: "closed-counts-as-online",
    breaks: ["LOGOUT-02"],
    companions: [{ rule: "UNREAD-01", reason: "the receiver of the case is offline, and is taken to read along" }],
    title: "takes a user who closed the connection for online until the next login",
    story: "Only the logout command clears the flag, and messages to users who are online count as seen.",
    apply(seams) {
      const ghosts = new Set<bigint>();
      seams.userOffline.push((userId) => {
        ghosts.add(userId);
        return [];
      });
      changeEffects(seams, commands.LOGIN_AUTH_REQ, (effects) => {
        for (const effect of effects) if (effect.kind === "login") ghosts.delete(effect.user_id);
        return effects;
      });
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const outcome = await store.append(message);
          const { to_session_id: self, from_user_id: session_id, session_type } = message;
          if (outcome.outcome === "stored" && session_type === SINGLE && ghosts.has(self)) {
            await store.markRead({ self, session_type, session_id }, 0n);
          }
          return outcome;
        },
      }));
    },
  }),
  defineMutant({
    name: "logout-ends-all-devices",
    breaks: ["LOGOUT-03"],
    title: "closes all of a user's connections when one logs out",
    story: "Logging out drops the user from the table, and every connection with the user.",
    apply(seams) {
      const connections = watchConnections(seams);
      changeEffects(seams, commands.LOGIN_AUTH_LOGOUT_REQ, (effects, { self }) => {
        for (const connection of connections) if (connection.self === self) setImmediate(() => connection.close());
        return effects;
      });
    },
  }),
];
