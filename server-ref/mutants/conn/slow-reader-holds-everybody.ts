import type { GateSocket } from "../../gate/socket.ts";
import type { Mutant } from "../mutant.ts";

/** More than a kernel holds back for a client that reads. */
const HELD_UP_BYTES = 64 * 1024;

const PATIENCE_MS = 20_000;

/** CONN-18: writes to nobody while one client does not read. */
export const slowReaderHoldsEverybody: Mutant = {
  name: "slow-reader-holds-everybody",
  breaks: ["CONN-18"],
  title: "writes to nobody while one client does not read",
  story: "One thread writes to all connections and waits until each has taken its bytes.",
  apply(seams) {
    const { write } = seams.gate;
    const waiting: (() => void)[] = [];
    let slow: GateSocket | undefined;
    let heldUntil = 0;
    const goOn = (): void => {
      const isHeldUp = slow !== undefined && slow.backlog > HELD_UP_BYTES && performance.now() < heldUntil;
      if (!isHeldUp) for (const next of waiting.splice(0)) next();
      if (waiting.length > 0) setTimeout(goOn, 20);
    };
    seams.gate.write = (socket, bytes) => {
      waiting.push(() => {
        write(socket, bytes);
        if ((socket as GateSocket).backlog <= HELD_UP_BYTES || socket === slow) return;
        slow = socket as GateSocket;
        heldUntil = performance.now() + PATIENCE_MS;
      });
      if (waiting.length === 1) goOn();
    };
  },
};
