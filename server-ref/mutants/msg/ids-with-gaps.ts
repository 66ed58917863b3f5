import type { Mutant } from "../mutant.ts";
import { showMessagesAs, wrapStore } from "../wrap/store.ts";

/** MSG-06: gives only every second `server_msg_id`. */
export const idsWithGaps: Mutant = {
  name: "ids-with-gaps",
  breaks: ["MSG-06"],
  title: "gives only every second `server_msg_id`",
  story: "The sequence of the database is drawn once for the message and once for its index.",
  apply(seams) {
    const twice = (id: bigint): bigint => id * 2n;
    showMessagesAs(seams, (message) => ({ ...message, server_msg_id: twice(message.server_msg_id) }));
    wrapStore(seams, (store) => ({
      history: (conversation, { end_msg_id, limit }) =>
        store.history(conversation, { end_msg_id: (end_msg_id + 1n) / 2n, limit }),
      markRead: (conversation, upTo) => store.markRead(conversation, upTo === 1n ? 1n : upTo / 2n),
    }));
  },
};
