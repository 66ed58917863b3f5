import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** READ-03: clears the whole session whatever message was read. */
export const alwaysReadsAll: Mutant = {
  name: "always-reads-all",
  breaks: ["READ-03"],
  title: "clears the whole session whatever message was read",
  story: "There is one counter per session, and reading sets it to 0.",
  apply(seams) {
    wrapStore(seams, (store) => ({ markRead: (conversation) => store.markRead(conversation, 0n) }));
  },
};
