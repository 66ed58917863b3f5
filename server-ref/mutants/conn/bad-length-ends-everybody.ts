import type { Mutant } from "../mutant.ts";
import { watchConnections } from "../wrap/packets.ts";

/** CONN-06: closes every connection when one client sends an impossible length. */
export const badLengthEndsEverybody: Mutant = {
  name: "bad-length-ends-everybody",
  breaks: ["CONN-06"],
  companions: [
    { rule: "MSG-17", reason: "cases that run beside lose their connections" },
    { rule: "GROUP-04", reason: "cases that run beside lose their connections" },
    { rule: "LOGIN-03", reason: "cases that run beside lose their connections" },

    { rule: "CONN-04", reason: "cases that run beside lose their connections" },
    { rule: "CONN-07", reason: "cases that run beside lose their connections" },
    { rule: "CONN-14", reason: "cases that run beside lose their connections" },
    { rule: "LOGIN-01", reason: "cases that run beside lose their connections" },
    { rule: "LOGIN-04", reason: "cases that run beside lose their connections" },
    { rule: "LOGIN-05", reason: "cases that run beside lose their connections" },
    { rule: "LOGIN-06", reason: "cases that run beside lose their connections" },
    { rule: "LOGIN-09", reason: "cases that run beside lose their connections" },
    { rule: "LOGIN-10", reason: "cases that run beside lose their connections" },
    { rule: "LOGIN-13", reason: "cases that run beside lose their connections" },
    { rule: "LOGIN-15", reason: "cases that run beside lose their connections" },
    { rule: "LOGIN-16", reason: "cases that run beside lose their connections" },
    { rule: "HB-02", reason: "cases that run beside lose their connections" },
    { rule: "HB-04", reason: "cases that run beside lose their connections" },
    { rule: "ACK-03", reason: "cases that run beside lose their connections" },

    { rule: "CONN-17", reason: "an impossible length is input of one client that closes other clients' connections" },
  ],
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
