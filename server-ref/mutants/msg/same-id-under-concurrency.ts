import type { AppendOutcome } from "../../store/store.ts";
import type { Mutant } from "../mutant.ts";
import { conversationName, wrapStore } from "../wrap/store.ts";

/** MSG-05: gives messages that arrive together the same `server_msg_id`. */
export const sameIdUnderConcurrency: Mutant = {
  name: "same-id-under-concurrency",
  breaks: ["MSG-05"],
  companions: [
    { rule: "PUSH-05", reason: "ids that are given twice do not grow" },
    { rule: "SYS-02", reason: "concurrent senders get the same id" },
  ],
  title: "gives messages that arrive together the same `server_msg_id`",
  story: "The next id is read and written back in two steps, and two senders fit in between.",
  apply(seams) {
    const busy = new Map<string, Promise<AppendOutcome>>();
    wrapStore(seams, (store) => ({
      append: async (message) => {
        const name = conversationName(message);
        const before = busy.get(name);
        const storing = store.append(message);
        busy.set(name, storing);
        const [outcome, earlier] = await Promise.all([storing, before]);
        if (busy.get(name) === storing) busy.delete(name);
        if (outcome.outcome !== "stored" || earlier?.outcome !== "stored") return outcome;
        return { ...outcome, message: { ...outcome.message, server_msg_id: earlier.message.server_msg_id } };
      },
    }));
  },
};
