import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** GROUP-11: lets any member disband a group. */
export const anyMemberMayDisband: Mutant = {
  name: "any-member-may-disband",
  breaks: ["GROUP-11"],
  title: "lets any member disband a group",
  story: "The check asks whether the user belongs to the group.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      disbandGroup: async (act) => {
        const members = (await store.members(act.group_id)) ?? [];
        const [group] = await store.groups([act.group_id]);
        return await store.disbandGroup(group && members.includes(act.by) ? { ...act, by: group.group_owner_id } : act);
      },
    }));
  },
};
