import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** UNREAD-01: does not count messages that could be pushed. */
export const pushedCountsAsRead: Mutant = {
  name: "pushed-counts-as-read",
  breaks: ["UNREAD-01"],
  companions: [
    { rule: "MSG-07", reason: "the receiver of the case is online when the message comes" },
    { rule: "MSG-20", reason: "the receiver of the case is online when the message comes" },
    { rule: "SESS-07", reason: "the receiver of the case is online when the message comes" },
    { rule: "LOGOUT-02", reason: "the case counts a message that was pushed" },
    { rule: "READ-03", reason: "messages that were pushed are not counted" },
    { rule: "READ-07", reason: "messages that were pushed are not counted" },
    { rule: "UNREAD-05", reason: "messages that were pushed are not counted" },
    { rule: "UNREAD-06", reason: "messages that were pushed are not counted" },
  ],
  title: "does not count messages that could be pushed",
  story: "The counter was meant for what the user has missed.",
  apply(seams) {
    changeEffects(seams, commands.MSG_DATA, async (effects, { self, message }, context) => {
      const { to_session_id, session_type } = message;
      const stored = effects.some(({ kind }) => kind === "push");
      if (stored && session_type === 1 && (await context.isOnline(to_session_id))) {
        await context.store.markRead({ self: to_session_id, session_type, session_id: self }, 0n);
      }
      return effects;
    });
  },
};
