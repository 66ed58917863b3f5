import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** GROUP-06: refuses group names of more than 32 bytes. */
export const nameLimitInBytes: Mutant = {
  name: "name-limit-in-bytes",
  breaks: ["GROUP-06"],
  companions: [{ rule: "GROUP-05", reason: "the name that is made up of nicknames has letters of several bytes" }],
  title: "refuses group names of more than 32 bytes",
  story: "The limit counts characters in the contract and bytes in the language.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      createGroup: async (act) =>
        Buffer.byteLength(act.group_name) > 32
          ? { outcome: "refused", reason: "too-many-members" }
          : await store.createGroup(act),
    }));
  },
};
