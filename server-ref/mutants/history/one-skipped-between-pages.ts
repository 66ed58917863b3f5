import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** HIST-05: skips the message just below `end_msg_id`. */
export const oneSkippedBetweenPages: Mutant = {
  name: "one-skipped-between-pages",
  breaks: ["HIST-05"],
  companions: [
    { rule: "HIST-14", reason: "a message of the second page is skipped" },
    { rule: "MSG-03", reason: "what was acknowledged is looked for page by page" },
    { rule: "HIST-02", reason: "the message just below the end is missing" },
  ],
  title: "skips the message just below `end_msg_id`",
  story: "The end is made exclusive twice, by the client and by the query.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      history: (conversation, { end_msg_id, limit }) =>
        store.history(conversation, { end_msg_id: end_msg_id > 1n ? end_msg_id - 1n : end_msg_id, limit }),
    }));
  },
};
