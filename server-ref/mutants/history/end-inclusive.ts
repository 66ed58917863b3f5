import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** HIST-02: includes the message with `end_msg_id` in the page. */
export const endInclusive: Mutant = {
  name: "end-inclusive",
  breaks: ["HIST-02"],
  companions: [
    { rule: "HIST-14", reason: "the second page holds a message of the first" },
    { rule: "HIST-05", reason: "pages that overlap bring a message twice" },
  ],
  title: "includes the message with `end_msg_id` in the page",
  story: "The condition says `<=` where it should say `<`.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      history: (conversation, { end_msg_id, limit }) =>
        store.history(conversation, { end_msg_id: end_msg_id === 0n ? 0n : end_msg_id + 1n, limit }),
    }));
  },
};
