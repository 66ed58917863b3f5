import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** GROUP-32: takes messages to a group from users who are no members. */
export const strangersMaySend: Mutant = {
  name: "strangers-may-send",
  breaks: ["GROUP-32"],
  companions: [
    { rule: "GROUP-16", reason: "former members are strangers" },
    { rule: "SESS-13", reason: "what former members send is refused" },
    { rule: "MSG-20", reason: "the message of a stranger is one of those that are refused" },
    { rule: "MSG-13", reason: "the message of a stranger is one of those that are refused" },
  ],
  title: "takes messages to a group from users who are no members",
  story: "The check for membership was meant to be made by the client.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      append: async (message) => {
        const outcome = await store.append(message);
        if (outcome.outcome !== "refused" || message.session_type !== 2) return outcome;
        const [group] = await store.groups([message.to_session_id]);
        return group ? await store.append({ ...message, from_user_id: group.group_owner_id }) : outcome;
      },
    }));
  },
};
