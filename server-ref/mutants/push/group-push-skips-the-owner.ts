import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** PUSH-03: does not push group messages to the owner. */
export const groupPushSkipsTheOwner: Mutant = {
  name: "group-push-skips-the-owner",
  breaks: ["PUSH-03"],
  companions: [
    { rule: "MSG-10", reason: "the push that is waited for is the owner's" },
    { rule: "GROUP-22", reason: "the push that is waited for is the owner's" },
  ],
  title: "does not push group messages to the owner",
  story: "The owner is kept apart from the members, and only the members are walked over.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      append: async (message) => {
        const outcome = await store.append(message);
        if (outcome.outcome !== "stored" || message.session_type !== 2) return outcome;
        const [group] = await store.groups([message.to_session_id]);
        return { ...outcome, recipients: outcome.recipients.filter((member) => member !== group?.group_owner_id) };
      },
    }));
  },
};
