import { type DescribedFrame, describeFrame, Framer, isProtocolError, type Registry } from "../../codegen/index.ts";
import { CuppingError } from "../../harness/errors.ts";
import type { Input } from "./read-input.ts";

/**
 * The frames of an input, in order.
 * @throws CuppingError `usage` behind the last whole frame when the bytes cannot be cut further; says at which byte
 */
export function* cutFrames(input: Input, registry: Registry): Generator<DescribedFrame> {
  const framer = new Framer();
  framer.push(input.bytes);
  let offset = 0;
  try {
    for (let frame = framer.next(); frame !== undefined; frame = framer.next()) {
      yield describeFrame(frame, registry);
      offset += frame.header.length;
    }
    framer.end();
  } catch (error) {
    if (!isProtocolError(error)) throw error;
    throw new CuppingError("usage", `${input.name}: at byte ${offset}: ${error.message}`);
  }
  if (offset === 0) throw new CuppingError("usage", `${input.name} is empty: there is no frame to decode`);
}
