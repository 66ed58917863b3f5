import type { AppendOutcome } from "../../store/store.ts";
import type { Mutant } from "../mutant.ts";
import { conversationName, wrapStore } from "../wrap/store.ts";

const BATCH_MS = 500;

/** MSG-03: acknowledges a message while it still waits to be stored. */
export const ackBeforeCommit: Mutant = {
  name: "ack-before-commit",
  breaks: ["MSG-03"],
  title: "acknowledges a message while it still waits to be stored",
  story: "Batches of messages are written twice a second, and the sender was not to wait for them.",
  apply(seams) {
    const last = new Map<string, bigint>();
    wrapStore(seams, (store) => ({
      append: async (message): Promise<AppendOutcome> => {
        const name = conversationName(message);
        const { from_user_id: self, to_session_id: session_id, session_type } = message;
        if (session_type !== 1) return await store.append(message);
        const known = await store.messagesByClientId({ self, session_type, session_id }, [message.client_msg_id]);
        if (known.length > 0) return await store.append(message);
        const newest =
          last.get(name) ?? (await store.newestMessage({ self, session_type, session_id }))?.server_msg_id ?? 0n;
        last.set(name, newest + 1n);
        setTimeout(() => store.append(message).catch(() => undefined), BATCH_MS);
        return { outcome: "stored", message: { ...message, server_msg_id: newest + 1n }, recipients: [session_id] };
      },
    }));
  },
};
