import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** SYS-01: forgets after a restart who is in which group. */
export const groupsLostAtRestart: Mutant = {
  name: "groups-lost-at-restart",
  breaks: ["SYS-01"],
  title: "forgets after a restart who is in which group",
  story: "The members are cached in memory, and the cache is never filled from the store.",
  apply(seams) {
    const known = new Set<bigint>();
    wrapStore(seams, (store) => ({
      createGroup: async (act) => {
        const change = await store.createGroup(act);
        if (change.outcome === "done") known.add(change.group.group_id);
        return change;
      },
      groupsOf: async (userId) => (await store.groupsOf(userId)).filter((groupId) => known.has(groupId)),
      members: async (groupId) => (known.has(groupId) ? await store.members(groupId) : undefined),
    }));
  },
};
