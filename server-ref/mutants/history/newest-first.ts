import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** HIST-03: lists the newest message first. */
export const newestFirst: Mutant = {
  name: "newest-first",
  breaks: ["HIST-03"],
  companions: [
    { rule: "ROBOT-03", reason: "the newest message is looked for at the end of the page" },
    { rule: "MSG-08", reason: "the case compares a page with what was sent in order" },
    { rule: "CONN-20", reason: "the case compares a page with what was sent in order" },
    { rule: "SYS-02", reason: "the case compares a page with what was sent in order" },

    { rule: "HIST-02", reason: "the order of a page is part of what is compared" },
    { rule: "HIST-04", reason: "the order of a page is part of what is compared" },
  ],
  title: "lists the newest message first",
  story: "The rows are sent in the order in which the query finds them.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      history: async (conversation, page) => (await store.history(conversation, page))?.reverse(),
    }));
  },
};
