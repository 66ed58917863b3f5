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
