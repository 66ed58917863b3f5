import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** GROUP-27: removes the owner from the group when the owner is named in a kick. */
export const ownerMayBeKicked: Mutant = {
  name: "owner-may-be-kicked",
  breaks: ["GROUP-27"],
  title: "removes the owner from the group when the owner is named in a kick",
  story: "The list of a kick is deleted from the members as it is.",
  apply(seams) {
    const kicked = new Set<bigint>();
    wrapStore(seams, (store) => ({
      removeMembers: (act) => {
        if (act.members.includes(act.by)) kicked.add(act.group_id);
        return store.removeMembers(act);
      },
      members: async (groupId) => {
        const [group] = await store.groups([groupId]);
        const members = await store.members(groupId);
        return kicked.has(groupId) ? members?.filter((member) => member !== group?.group_owner_id) : members;
      },
      append: async (message) => {
        const [group] =
          message.session_type === 2 && kicked.has(message.to_session_id)
            ? await store.groups([message.to_session_id])
            : [];
        return group?.group_owner_id === message.from_user_id
          ? { outcome: "refused", reason: "not-a-member" }
          : await store.append(message);
      },
    }));
  },
};
