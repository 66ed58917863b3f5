import type { Mutant } from "../mutant.ts";

/** PUSH-04: pushes a message to the connection that sent it, too. */
export const senderGetsOwnMessage: Mutant = {
  name: "sender-gets-own-message",
  breaks: ["PUSH-04"],
  title: "pushes a message to the connection that sent it, too",
  story: "All connections of sender and receiver are walked over.",
  apply(seams) {
    seams.fanOut.recipients = (_push, _userId, connections) => connections;
  },
};
