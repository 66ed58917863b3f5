import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** GROUP-10: refuses a group with members who have no account. */
export const unknownMembersRefused: Mutant = {
  name: "unknown-members-refused",
  breaks: ["GROUP-10"],
  title: "refuses a group with members who have no account",
  story: "A foreign key from members to users was added for tidiness.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      createGroup: async (act) => {
        const users = await Promise.all(act.members.map((member) => store.userById(member)));
        return users.every(Boolean) ? await store.createGroup(act) : { outcome: "refused", reason: "not-a-member" };
      },
    }));
  },
};
