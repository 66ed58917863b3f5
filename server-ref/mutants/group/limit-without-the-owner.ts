import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** GROUP-09: lets a group have 200 members beside its owner. */
export const limitWithoutTheOwner: Mutant = {
  name: "limit-without-the-owner",
  breaks: ["GROUP-09"],
  title: "lets a group have 200 members beside its owner",
  story: "The limit is tested against the list of the request.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      createGroup: (act) => store.createGroup({ ...act, limit: act.limit + 1 }),
      addMembers: (act) => store.addMembers({ ...act, limit: act.limit + 1 }),
    }));
  },
};
