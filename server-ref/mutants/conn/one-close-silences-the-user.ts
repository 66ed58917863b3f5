import type { Mutant } from "../mutant.ts";

/** CONN-20: takes a user for offline once any of the user's connections has ended. */
export const oneCloseSilencesTheUser: Mutant = {
  name: "one-close-silences-the-user",
  breaks: ["CONN-20"],
  companions: [{ rule: "LOGOUT-03", reason: "a logout ends one of several connections, too" }],
  title: "takes a user for offline once any of the user's connections has ended",
  story: "The table of users holds a flag, and closing a connection clears it.",
  apply(seams) {
    const most = new Map<bigint, number>();
    const { recipients } = seams.fanOut;
    seams.fanOut.recipients = (push, userId, connections, origin) => {
      const before = most.get(userId) ?? 0;
      most.set(userId, Math.max(before, connections.length));
      return connections.length < before ? [] : recipients(push, userId, connections, origin);
    };
  },
};
