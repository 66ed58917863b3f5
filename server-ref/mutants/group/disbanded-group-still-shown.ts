import type { Group } from "../../store/groups.ts";
import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** GROUP-12: goes on showing a group's information after it was disbanded. */
export const disbandedGroupStillShown: Mutant = {
  name: "disbanded-group-still-shown",
  breaks: ["GROUP-12"],
  companions: [{ rule: "GROUP-19", reason: "disbanded groups are not left out of the information" }],
  title: "goes on showing a group's information after it was disbanded",
  story: "Disbanding sets a flag, and the query for the information does not look at it.",
  apply(seams) {
    const known = new Map<bigint, Group>();
    wrapStore(seams, (store) => ({
      groups: async (ids) => {
        for (const group of await store.groups(ids)) known.set(group.group_id, group);
        return ids.flatMap((id) => known.get(id) ?? []);
      },
      createGroup: async (act) => {
        const change = await store.createGroup(act);
        if (change.outcome === "done") known.set(change.group.group_id, change.group);
        return change;
      },
    }));
  },
};
