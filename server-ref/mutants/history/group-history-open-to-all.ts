import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** HIST-11: shows a group's history to everybody. */
export const groupHistoryOpenToAll: Mutant = {
  name: "group-history-open-to-all",
  breaks: ["HIST-11"],
  title: "shows a group's history to everybody",
  story: "The group's id is all that the query needs.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      history: async (conversation, page) => {
        if (conversation.session_type !== 2) return await store.history(conversation, page);
        const [group] = await store.groups([conversation.session_id]);
        return await store.history(group ? { ...conversation, self: group.group_owner_id } : conversation, page);
      },
    }));
  },
};
