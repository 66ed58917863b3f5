import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** GROUP-01: leaves the creator out of the group's members. */
export const creatorIsNoMember: Mutant = {
  name: "creator-is-no-member",
  breaks: ["GROUP-01"],
  companions: [
    { rule: "LOGIN-17", reason: "the members are compared, and the creator is missing" },
    { rule: "GROUP-03", reason: "the members are compared, and the creator is missing" },
    { rule: "GROUP-09", reason: "the members are compared, and the creator is missing" },
    { rule: "GROUP-10", reason: "the members are compared, and the creator is missing" },
    { rule: "GROUP-21", reason: "the members are compared, and the creator is missing" },
    { rule: "GROUP-22", reason: "the members are compared, and the creator is missing" },
    { rule: "GROUP-25", reason: "the members are compared, and the creator is missing" },
    { rule: "GROUP-26", reason: "the members are compared, and the creator is missing" },
    { rule: "GROUP-27", reason: "the members are compared, and the creator is missing" },
    { rule: "GROUP-29", reason: "the members are compared, and the creator is missing" },
    { rule: "GROUP-14", reason: "the members that are left are compared, and the creator is missing" },

    { rule: "GROUP-02", reason: "the creator is not among the members" },
    { rule: "GROUP-04", reason: "a group of one has nobody" },
    { rule: "GROUP-18", reason: "the creator does not find the group in the list" },
    { rule: "GROUP-30", reason: "the creator is missing among the members" },
  ],
  title: "leaves the creator out of the group's members",
  story: "The members are those of the request, in which the creator is not named.",
  apply(seams) {
    const created = new Map<bigint, bigint>();
    wrapStore(seams, (store) => ({
      createGroup: async (act) => {
        const change = await store.createGroup(act);
        if (change.outcome === "done") created.set(change.group.group_id, act.by);
        return change;
      },
      members: async (groupId) => {
        const members = await store.members(groupId);
        return members?.filter((member) => member !== created.get(groupId));
      },
      groupsOf: async (userId) => (await store.groupsOf(userId)).filter((groupId) => created.get(groupId) !== userId),
    }));
  },
};
