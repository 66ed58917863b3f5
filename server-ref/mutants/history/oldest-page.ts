import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** HIST-02: gives the oldest messages below the end instead of the newest. */
export const oldestPage: Mutant = {
  name: "oldest-page",
  breaks: ["HIST-02"],
  companions: [
    { rule: "CONN-16", reason: "what was sent last is looked for in the newest page" },
    { rule: "MSG-03", reason: "what was sent last is looked for in the newest page" },
    { rule: "HIST-05", reason: "the same page comes again and again" },
    { rule: "HIST-06", reason: "the hundred of a page are not the newest" },
    { rule: "HIST-14", reason: "a short page does not mean the beginning" },
  ],
  title: "gives the oldest messages below the end instead of the newest",
  story: "The query sorts by id and takes the first rows.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      history: async (conversation, { end_msg_id, limit }) =>
        (await store.history(conversation, { end_msg_id, limit: 1000 }))?.slice(0, limit),
    }));
  },
};
