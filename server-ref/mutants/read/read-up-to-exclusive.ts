import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** READ-03: leaves the message unread that was read last. */
export const readUpToExclusive: Mutant = {
  name: "read-up-to-exclusive",
  breaks: ["READ-03"],
  title: "leaves the message unread that was read last",
  story: '"All messages before this id" was taken by the word.',
  apply(seams) {
    wrapStore(seams, (store) => ({
      markRead: (conversation, upTo) =>
        upTo === 1n ? Promise.resolve(true) : store.markRead(conversation, upTo === 0n ? 0n : upTo - 1n),
    }));
  },
};
