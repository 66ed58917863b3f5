import { type Frame, Framer } from "../../../codegen/index.ts";
import type { Seams } from "../../seams.ts";

/** Puts the packets that leave a connection together, one write's worth, into another order. */
export function reorderWrites(seams: Seams, order: (frames: Frame[]) => Frame[]): void {
  const { write } = seams.gate;
  seams.gate.write = (socket, bytes) => {
    const framer = new Framer();
    framer.push(bytes);
    const frames: Frame[] = [];
    for (let frame = framer.next(); frame; frame = framer.next()) frames.push(frame);
    write(socket, Buffer.concat(order(frames).map((frame) => frame.bytes)));
  };
}

/**
 * Lets nobody be written to while the writer is held; what waits leaves in its order afterwards, and a connection ends
 * behind what it still gets.
 * @returns holds it for so many milliseconds more
 */
export function holdWrites(seams: Seams): (ms: number) => void {
  const { write, hangUp } = seams.gate;
  const waiting: (() => void)[] = [];
  let heldUntil = 0;
  const goOn = (): void => {
    while (waiting.length > 0 && performance.now() >= heldUntil) waiting.shift()?.();
    if (waiting.length > 0) setTimeout(goOn, Math.max(1, heldUntil - performance.now()));
  };
  const inTurn = (act: () => void): void => {
    waiting.push(act);
    if (waiting.length === 1) goOn();
  };
  seams.gate.write = (socket, bytes) => inTurn(() => write(socket, bytes));
  seams.gate.hangUp = (socket) => inTurn(() => hangUp(socket));
  return (ms) => {
    heldUntil = Math.max(heldUntil, performance.now()) + ms;
  };
}
