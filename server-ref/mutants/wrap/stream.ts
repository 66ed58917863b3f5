import type { Frame } from "../../../codegen/index.ts";
import type { FrameCutter, Seams } from "../../seams.ts";

/** Wraps the framer of every connection. */
export function wrapFramer(seams: Seams, wrap: (framer: FrameCutter, maxLength: number) => FrameCutter): void {
  const create = seams.gate.createFramer;
  seams.gate.createFramer = (maxLength) => wrap(create(maxLength), maxLength);
}

/** Loses packets that come in, as if they had never been sent. */
export function loseFrames(seams: Seams, isLost: (frame: Frame) => boolean): void {
  wrapFramer(seams, (framer) => ({
    push: (chunk) => framer.push(chunk),
    next() {
      for (let frame = framer.next(); frame; frame = framer.next()) if (!isLost(frame)) return frame;
      return undefined;
    },
    get pendingBytes() {
      return framer.pendingBytes;
    },
  }));
}
