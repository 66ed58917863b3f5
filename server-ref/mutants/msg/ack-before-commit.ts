import type { StoredMessage } from "../../store/store.ts";
import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** What a crash finds unwritten, and the time of the restart on top. */
const BATCH_SECONDS = 20;

/** MSG-03: acknowledges messages that are not on disk yet, so that a crash loses the newest. */
export const ackBeforeCommit: Mutant = {
  name: "ack-before-commit",
  breaks: ["MSG-03"],
  companions: [
    { rule: "SYS-01", reason: "what is not on disk does not survive any restart" },
    { rule: "UNREAD-06", reason: "what is not on disk does not survive any restart" },
  ],
  title: "acknowledges messages that are not on disk yet, so that a crash loses the newest",
  story: "Messages are written in batches, and their senders were not to wait for them.",
  apply(seams) {
    const startedAt = Math.floor(seams.now() / 1000);
    const isRestart = seams.store.newestUsers(0n, 1).then((users) => users.length > 0);
    const onDisk = async (messages: StoredMessage[]): Promise<StoredMessage[]> => {
      const isLost = ({ create_time }: StoredMessage): boolean =>
        create_time <= startedAt && create_time >= startedAt - BATCH_SECONDS;
      return (await isRestart) ? messages.filter((message) => !isLost(message)) : messages;
    };
    wrapStore(seams, (store) => ({
      history: async (conversation, page) => {
        const messages = await store.history(conversation, page);
        return messages && (await onDisk(messages));
      },
      newestMessage: async (conversation) => {
        const newest = await store.newestMessage(conversation);
        return newest && (await onDisk([newest]))[0];
      },
      messagesByClientId: async (conversation, ids) => await onDisk(await store.messagesByClientId(conversation, ids)),
    }));
  },
};
