import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** MSGID-02: returns messages in the order of the ids asked for. */
export const orderOfTheRequest: Mutant = {
  name: "order-of-the-request",
  breaks: ["MSGID-02"],
  title: "returns messages in the order of the ids asked for",
  story: "The ids are looked up one after the other.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      messagesByClientId: async (conversation, ids) => {
        const found = await store.messagesByClientId(conversation, ids);
        return found.sort((a, b) => ids.indexOf(a.client_msg_id) - ids.indexOf(b.client_msg_id));
      },
    }));
  },
};
