import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** GROUP-22: refuses an invitation of somebody who is a member already. */
export const memberAgainIsAnError: Mutant = {
  name: "member-again-is-an-error",
  breaks: ["GROUP-22"],
  title: "refuses an invitation of somebody who is a member already",
  story: "The insert meets the unique key, and errors are refusals.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      addMembers: async (act) => {
        const members = (await store.members(act.group_id)) ?? [];
        return act.members.some((member) => members.includes(member))
          ? { outcome: "refused", reason: "not-a-member" }
          : await store.addMembers(act);
      },
    }));
  },
};
