import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";
import { wrapStore } from "../wrap/store.ts";

/** LOGOUT-02: takes a user who closed the connection for online until the next login. */
export const closedCountsAsOnline: Mutant = {
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
        if (outcome.outcome === "stored" && session_type === 1 && ghosts.has(self)) {
          await store.markRead({ self, session_type, session_id }, 0n);
        }
        return outcome;
      },
    }));
  },
};
