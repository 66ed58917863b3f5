import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** GROUP-16: goes on pushing group messages to members who have left. */
export const formerMembersGetMessages: Mutant = {
  name: "former-members-get-messages",
  breaks: ["GROUP-16"],
  companions: [{ rule: "PUSH-03", reason: "former members are not members" }],
  title: "goes on pushing group messages to members who have left",
  story: "The list of members is cached when the group is made.",
  apply(seams) {
    const members = new Map<bigint, readonly bigint[]>();
    wrapStore(seams, (store) => ({
      createGroup: async (act) => {
        const change = await store.createGroup(act);
        if (change.outcome === "done") members.set(change.group.group_id, change.members);
        return change;
      },
      append: async (message) => {
        const outcome = await store.append(message);
        const cached = message.session_type === 2 ? (members.get(message.to_session_id) ?? []) : [];
        return outcome.outcome === "stored"
          ? { ...outcome, recipients: [...new Set([...outcome.recipients, ...cached])] }
          : outcome;
      },
    }));
  },
};
