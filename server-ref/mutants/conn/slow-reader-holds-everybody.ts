import type { GateSocket } from "../../gate/socket.ts";
import type { Mutant } from "../mutant.ts";

/** More than any client that reads leaves waiting. */
const HELD_UP_BYTES = 512 * 1024;

/** How long the writer waits for one client, in milliseconds. */
const PATIENCE_MS = 4_000;

/** CONN-18: writes to nobody while one client does not read. */
export const slowReaderHoldsEverybody: Mutant = {
  name: "slow-reader-holds-everybody",
  breaks: ["CONN-18"],
  disturbsOthers: true,
  title: "writes to nobody while one client does not read",
  story: "One thread writes to all connections and waits until each has taken its bytes.",
  apply(seams) {
    const { write } = seams.gate;
    const waiting: (() => void)[] = [];
    let heldUntil = 0;
    const goOn = (): void => {
      while (waiting.length > 0 && performance.now() >= heldUntil) waiting.shift()?.();
      if (waiting.length > 0) setTimeout(goOn, Math.max(1, heldUntil - performance.now()));
    };
    seams.gate.write = (socket, bytes) => {
      waiting.push(() => {
        write(socket, bytes);
        if ((socket as GateSocket).backlog > HELD_UP_BYTES) heldUntil = performance.now() + PATIENCE_MS;
      });
      if (waiting.length === 1) goOn();
    };
  },
};
