import type { Mutant } from "../mutant.ts";
import { replacePackets } from "../wrap/packets.ts";

/** CONN-11: leaves the number of pushes at 0. */
export const pushesWithoutNumber: Mutant = {
  name: "pushes-without-number",
  breaks: ["CONN-11"],
  title: "leaves the number of pushes at 0",
  story: "A push answers nothing, so there seemed to be no number to give it.",
  apply(seams) {
    replacePackets(seams, (packet) => [packet.isReply ? packet : { ...packet, seq_num: 0 }]);
  },
};
