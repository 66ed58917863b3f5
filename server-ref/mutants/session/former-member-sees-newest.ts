import type { SessionEntry } from "../../store/store.ts";
import type { Mutant } from "../mutant.ts";
import { changeSessions, wrapStore } from "../wrap/store.ts";

/** SESS-13: goes on showing a group's newest message to those who have left. */
export const formerMemberSeesNewest: Mutant = {
  name: "former-member-sees-newest",
  breaks: ["SESS-13"],
  title: "goes on showing a group's newest message to those who have left",
  story: "The session stays in the list, and its newest message is the group's.",
  apply(seams) {
    const left = new Map<bigint, Map<bigint, SessionEntry>>();
    wrapStore(seams, (store) => {
      const keep = async (member: bigint, groupId: bigint): Promise<void> => {
        const session = (await store.sessions(member)).find(
          ({ session_id, session_type }) => session_type === 2 && session_id === groupId,
        );
        if (session) left.set(member, (left.get(member) ?? new Map()).set(groupId, session));
      };
      return {
        leaveGroup: async (act) => {
          await keep(act.by, act.group_id);
          return await store.leaveGroup(act);
        },
        removeMembers: async (act) => {
          for (const member of act.members) await keep(member, act.group_id);
          return await store.removeMembers(act);
        },
        append: async (message) => {
          const outcome = await store.append(message);
          if (outcome.outcome === "stored" && message.session_type === 2) {
            for (const kept of left.values()) {
              const session = kept.get(message.to_session_id);
              if (session) kept.set(message.to_session_id, { ...session, newest: outcome.message });
            }
          }
          return outcome;
        },
      };
    });
    changeSessions(seams, (sessions, userId) => [...sessions, ...(left.get(userId)?.values() ?? [])]);
  },
};
