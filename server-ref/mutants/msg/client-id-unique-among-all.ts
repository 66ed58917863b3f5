import type { AppendOutcome } from "../../store/store.ts";
import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** MSG-08: takes a message for a duplicate when another sender has used its `client_msg_id`. */
export const clientIdUniqueAmongAll: Mutant = {
  name: "client-id-unique-among-all",
  breaks: ["MSG-08"],
  title: "takes a message for a duplicate when another sender has used its `client_msg_id`",
  story: "The unique index covers the client's id alone.",
  apply(seams) {
    const first = new Map<string, AppendOutcome>();
    wrapStore(seams, (store) => ({
      append: async (message) => {
        const before = first.get(message.client_msg_id);
        if (before?.outcome === "stored") return { outcome: "duplicate", message: before.message };
        const outcome = await store.append(message);
        first.set(message.client_msg_id, outcome);
        return outcome;
      },
    }));
  },
};
