import type { Mutant } from "../mutant.ts";
import { showMessagesAs, wrapStore } from "../wrap/store.ts";

const COPY = "#copy";

/** MSG-07: stores a message again when it is sent again. */
export const duplicateStoredTwice: Mutant = {
  name: "duplicate-stored-twice",
  breaks: ["MSG-07"],
  title: "stores a message again when it is sent again",
  story: "The look-up for a message that was sent before was left for later.",
  apply(seams) {
    let copies = 0;
    wrapStore(seams, (store) => ({
      append: async (message) => {
        const outcome = await store.append(message);
        if (outcome.outcome !== "duplicate") return outcome;
        return await store.append({ ...message, client_msg_id: `${message.client_msg_id}${COPY}${++copies}` });
      },
    }));
    showMessagesAs(seams, (message) => ({ ...message, client_msg_id: message.client_msg_id.split(COPY)[0] ?? "" }));
  },
};
