import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** GROUP-21: lets users invite to groups that they are no members of. */
export const anyoneMayInvite: Mutant = {
  name: "anyone-may-invite",
  breaks: ["GROUP-21"],
  title: "lets users invite to groups that they are no members of",
  story: 'That anybody may be invited was read as "anybody may invite".',
  apply(seams) {
    wrapStore(seams, (store) => ({
      addMembers: async (act) => {
        const [group] = await store.groups([act.group_id]);
        return await store.addMembers(group ? { ...act, by: group.group_owner_id } : act);
      },
    }));
  },
};
