import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** PUSH-03: goes on pushing group messages to members who have left. */
export const groupMessageToFormerMembers: Mutant = {
  name: "group-message-to-former-members",
  breaks: ["PUSH-03"],
  companions: [{ rule: "GROUP-16", reason: "former members get pushes" }],
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
