import type { Mutant } from "../mutant.ts";
import { loseFrames } from "../wrap/stream.ts";

/** CONN-05: skips packets without a body. */
export const emptyBodySkipped: Mutant = {
  name: "empty-body-skipped",
  breaks: ["CONN-05"],
  companions: [
    { rule: "LOGIN-10", reason: "a connection whose heartbeats are skipped is closed" },
    { rule: "CONN-15", reason: "a heartbeat before login is a packet with an empty body" },
    { rule: "HB-02", reason: "heartbeats that are skipped do not keep the connection alive" },
    { rule: "ACK-03", reason: "a connection whose heartbeats are skipped is closed" },

    { rule: "HB-01", reason: "a heartbeat is a packet with an empty body" },
    { rule: "HB-04", reason: "heartbeats that are skipped do not keep the connection alive" },
  ],
  title: "skips packets without a body",
  story: 'A guard against "empty" packets tests the length of the body instead of the length of the packet.',
  apply(seams) {
    loseFrames(seams, ({ body }) => body.length === 0);
  },
};
