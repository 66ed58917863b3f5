import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** GROUP-26: lets any member remove others. */
export const anyMemberMayKick: Mutant = {
  name: "any-member-may-kick",
  breaks: ["GROUP-26"],
  companions: [{ rule: "GROUP-27", reason: "the owner is kicked by a member" }],
  title: "lets any member remove others",
  story: "The check asks whether the user belongs to the group.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      removeMembers: async (act) => {
        const [group] = await store.groups([act.group_id]);
        return await store.removeMembers(group ? { ...act, by: group.group_owner_id } : act);
      },
    }));
  },
};
