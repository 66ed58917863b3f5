import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** GROUP-05: leaves a group without a name that was created without one. */
export const namelessGroupStaysNameless: Mutant = {
  name: "nameless-group-stays-nameless",
  breaks: ["GROUP-05"],
  title: "leaves a group without a name that was created without one",
  story: "The app shows the members when there is no name.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      createGroup: (act) =>
        store.createGroup({ ...act, group_name: act.group_name.includes(",") ? "" : act.group_name }),
    }));
  },
};
