import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** GROUP-16: goes on pushing group messages to members who have left. */
export const formerMembersGetMessages: Mutant = {
  name: "former-members-get-messages",
  breaks: ["GROUP-16"],
  companions: [{ rule: "PUSH-03", reason: "former members are not members" }],
  title: "goes on pushing group messages to members who have left",
  story: "The list of members is cached when the group is first written to.",
  apply(seams) {
    const members = new Map<bigint, Set<bigint>>();
    wrapStore(seams, (store) => ({
      append: async (message) => {
        const outcome = await store.append(message);
        if (outcome.outcome !== "stored" || message.session_type !== 2) return outcome;
        const cached = members.get(message.to_session_id) ?? new Set();
        members.set(message.to_session_id, cached);
        for (const member of outcome.recipients) cached.add(member);
        return { ...outcome, recipients: [...cached] };
      },
    }));
  },
};
