import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** READ-02: takes `msg_id` 0 for "nothing read". */
export const zeroReadsNothing: Mutant = {
  name: "zero-reads-nothing",
  breaks: ["READ-02"],
  companions: [
    { rule: "LOGIN-17", reason: "the user's own read request names 0" },
    { rule: "UNREAD-06", reason: "the case reads a session with 0" },
    { rule: "READ-07", reason: "the case reads a session with 0" },
    { rule: "UNREAD-02", reason: "the case reads a group with 0" },
    { rule: "UNREAD-03", reason: "the case reads a group with 0" },
    { rule: "SESS-07", reason: "the case reads a session with 0" },
    { rule: "READ-06", reason: "clients read a group with the same 0" },
  ],
  title: 'takes `msg_id` 0 for "nothing read"',
  story: "All messages up to id 0 are none.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      markRead: async (conversation, upTo) => (upTo === 0n ? true : await store.markRead(conversation, upTo)),
    }));
  },
};
