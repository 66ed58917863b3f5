import type { Mutant } from "../mutant.ts";

/** CONN-11: numbers the pushes of all connections by one counter. */
export const counterSharedByAll: Mutant = {
  name: "counter-shared-by-all",
  breaks: ["CONN-11"],
  title: "numbers the pushes of all connections by one counter",
  story: "The counter is a field of the server, because that was simpler than one per connection.",
  apply(seams) {
    let last = 0;
    const { nextPushNumber } = seams.gate;
    seams.gate.nextPushNumber = () => {
      last = nextPushNumber(last);
      return last;
    };
  },
};
