import type { Mutant } from "../mutant.ts";

/** PUSH-04: pushes a message to the connection that sent it, too. */
export const senderGetsOwnMessage: Mutant = {
  name: "sender-gets-own-message",
  breaks: ["PUSH-04"],
  companions: [
    { rule: "PUSH-03", reason: "the sending connection gets the group message, too" },
    { rule: "READ-01", reason: "the connection that reads is an origin, too, and is told" },
    { rule: "VOIP-11", reason: "the connection that says bye is an origin, too, and is told" },
  ],
  title: "pushes a message to the connection that sent it, too",
  story: "All connections of sender and receiver are walked over.",
  apply(seams) {
    seams.fanOut.recipients = (_push, _userId, connections) => connections;
  },
};
