import {
  DEFAULT_MAX_FRAME_LENGTH,
  HEADER_LENGTH,
  ProtocolError,
  readCommandId,
  readLength,
  readSeqNum,
} from "../../../codegen/index.ts";

/** Who takes the frames of a connection. */
export interface FrameTaker {
  /** @param body a view that is valid during the call only */
  takeFrame(commandId: number, seqNum: number, body: Buffer): void;
}

/**
 * Cuts frames out of a read buffer that all connections share. Unlike the codec's framer it keeps nothing between
 * reads except the incomplete tail of a frame, which is rare: an idle connection costs no memory here.
 * @param tail what the last call returned
 * @returns the incomplete tail, undefined when there is none
 * @throws ProtocolError when a length makes no sense: the stream cannot be cut any more
 */
export function cutFrames(chunk: Buffer, tail: Buffer | undefined, taker: FrameTaker): Buffer | undefined {
  const bytes = tail ? Buffer.concat([tail, chunk]) : chunk;
  let at = 0;
  while (bytes.length - at >= HEADER_LENGTH) {
    const length = readLength(bytes, at);
    if (length < HEADER_LENGTH) throw new ProtocolError("length-too-short", `length ${length} is below the header's`);
    if (length > DEFAULT_MAX_FRAME_LENGTH)
      throw new ProtocolError("length-too-long", `length ${length} is above the limit`);
    if (bytes.length - at < length) break;
    taker.takeFrame(readCommandId(bytes, at), readSeqNum(bytes, at), bytes.subarray(at + HEADER_LENGTH, at + length));
    at += length;
  }
  if (at === bytes.length) return undefined;
  // The chunk is written over by the next read, so what is kept is copied.
  return Buffer.from(bytes.subarray(at));
}
