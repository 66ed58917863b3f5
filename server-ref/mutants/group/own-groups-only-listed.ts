import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** GROUP-18: lists only the groups that the user has created. */
export const ownGroupsOnlyListed: Mutant = {
  name: "own-groups-only-listed",
  breaks: ["GROUP-18"],
  title: "lists only the groups that the user has created",
  story: "The query goes by the owner of the group.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      groupsOf: async (userId) =>
        (await store.groups(await store.groupsOf(userId)))
          .filter(({ group_owner_id }) => group_owner_id === userId)
          .map(({ group_id }) => group_id),
    }));
  },
};
