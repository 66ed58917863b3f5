import type { Mutant } from "../mutant.ts";
import { watchConnections } from "../wrap/packets.ts";

/** CONN-06: closes every connection when one client sends an impossible length. */
export const badLengthEndsEverybody: Mutant = {
  name: "bad-length-ends-everybody",
  breaks: ["CONN-06"],
  companions: [
    { rule: "CONN-17", reason: "an impossible length is input of one client that closes other clients' connections" },
  ],
  disturbsOthers: true,
  title: "closes every connection when one client sends an impossible length",
  story: "The framing error is thrown out of the loop that serves all connections.",
  apply(seams) {
    const connections = watchConnections(seams);
    seams.gate.onBadFrame = () => {
      for (const connection of connections) connection.close();
      return "close";
    };
  },
};
