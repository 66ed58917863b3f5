import type { Mutant } from "../mutant.ts";

/** CONN-02: fills `service_id` with the number of the gate that sends. */
export const serviceIdFilled: Mutant = {
  name: "service-id-filled",
  breaks: ["CONN-02"],
  title: "fills `service_id` with the number of the gate that sends",
  story: "With several gates it was handy in captures to see which one had sent a packet.",
  apply(seams) {
    const { encode } = seams.gate;
    seams.gate.encode = (command, message) => {
      const frame = encode(command, message);
      frame.set([0, 7], 8);
      return frame;
    };
  },
};
