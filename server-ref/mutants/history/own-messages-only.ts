import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** HIST-04: shows only the messages that the user has sent. */
export const ownMessagesOnly: Mutant = {
  name: "own-messages-only",
  breaks: ["HIST-04"],
  companions: [
    { rule: "LOGOUT-02", reason: "the case looks for a message of the other side" },
    { rule: "MSG-17", reason: "the case looks for a message of the other side" },
    { rule: "HIST-05", reason: "the case looks for a message of the other side" },
    { rule: "HIST-02", reason: "the case looks for a message of the other side" },
    { rule: "MSG-14", reason: "the case looks for a message of the other side" },
    { rule: "MSG-15", reason: "the case looks for a message of the other side" },
    { rule: "MSG-16", reason: "the case looks for a message of the other side" },
    { rule: "MSG-07", reason: "the case looks for a message of the other side" },
    { rule: "MSG-08", reason: "the case looks for a message of the other side" },
    { rule: "PUSH-06", reason: "the case looks for a message of the other side" },
    { rule: "HIST-08", reason: "the case looks for a message of the other side" },
    { rule: "CONN-20", reason: "the case looks for a message of the other side" },
    { rule: "HB-05", reason: "the case looks for a message of the other side" },
    { rule: "MSG-19", reason: "the case looks for a message of the other side" },
    { rule: "VOIP-12", reason: "the case looks for a message of the other side" },
    { rule: "ROBOT-03", reason: "the case looks for a message of the other side" },
    { rule: "HIST-10", reason: "the case looks for a message of the other side" },
    { rule: "HIST-14", reason: "the case looks for a message of the other side" },
    { rule: "HIST-06", reason: "the case looks for a message of the other side" },
    { rule: "CONTENT-01", reason: "the case looks for a message of the other side" },
    { rule: "CONTENT-02", reason: "the case looks for a message of the other side" },
    { rule: "CONTENT-03", reason: "the case looks for a message of the other side" },
    { rule: "CONTENT-04", reason: "the case looks for a message of the other side" },
    { rule: "CONTENT-05", reason: "the case looks for a message of the other side" },
    { rule: "CONTENT-09", reason: "the case looks for a message of the other side" },
    { rule: "CONTENT-10", reason: "the case looks for a message of the other side" },
    { rule: "CONN-17", reason: "the case looks for a message of the other side" },
    { rule: "SYS-02", reason: "the case looks for a message of the other side" },
    { rule: "MSG-20", reason: "the case looks for a message of the other side" },

    { rule: "HIST-09", reason: "what the peer has sent is missing" },
    { rule: "HIST-03", reason: "what the peer has sent is missing" },
  ],
  title: "shows only the messages that the user has sent",
  story: "Each sender's messages are in a table of their own, and only one is looked into.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      history: async (conversation, page) =>
        (await store.history(conversation, page))?.filter(
          (message) => conversation.session_type === 2 || message.from_user_id === conversation.self,
        ),
    }));
  },
};
