import type { Mutant } from "../mutant.ts";

/** CONN-15: still handles the packets behind a command that came before login. */
export const packetsBehindEarlyHandled: Mutant = {
  name: "packets-behind-early-handled",
  breaks: ["CONN-15"],
  title: "still handles the packets behind a command that came before login",
  story: "Closing takes effect in the next turn of the event loop, and until then the loop over the read goes on.",
  apply(seams) {
    seams.gate.onEarlyCommand = (_commandId, connection) => {
      setImmediate(() => connection.close());
      return "ignore";
    };
  },
};
