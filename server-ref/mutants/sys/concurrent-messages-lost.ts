import type { AppendOutcome } from "../../store/store.ts";
import type { Mutant } from "../mutant.ts";
import { conversationName, wrapStore } from "../wrap/store.ts";

/** SYS-02: loses one of two messages that reach a conversation at the same moment. */
export const concurrentMessagesLost: Mutant = {
  name: "concurrent-messages-lost",
  breaks: ["SYS-02"],
  companions: [
    { rule: "MSG-05", reason: "what two senders write at the same time gets one id" },
    { rule: "MSG-18", reason: "first messages cross" },
  ],
  title: "loses one of two messages that reach a conversation at the same moment",
  story: "The row of the conversation is read, changed and written back, and the last writer wins.",
  apply(seams) {
    const busy = new Map<string, Promise<AppendOutcome>>();
    wrapStore(seams, (store) => ({
      append: async (message) => {
        const name = conversationName(message);
        const running = busy.get(name);
        const before = running && (await running.catch(() => undefined));
        if (before?.outcome === "stored" && before.message.from_user_id !== message.from_user_id) {
          return {
            outcome: "stored",
            message: { ...message, server_msg_id: before.message.server_msg_id },
            recipients: [],
          };
        }
        const storing = store.append(message);
        busy.set(name, storing);
        const outcome = await storing;
        if (busy.get(name) === storing) busy.delete(name);
        return outcome;
      },
    }));
  },
};
