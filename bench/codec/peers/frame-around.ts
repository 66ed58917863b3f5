import { type Command, HEADER_LENGTH, PROTOCOL_VERSION, writeHeader } from "../../../codegen/index.ts";

/** Puts a header in front of a body, as one does with a library that knows only bodies: one pooled buffer, one copy. */
export function frameAround(command: Command, body: Uint8Array): Uint8Array {
  const length = HEADER_LENGTH + body.length;
  const bytes = Buffer.allocUnsafe(length);
  writeHeader(bytes, {
    length,
    version: PROTOCOL_VERSION,
    flag: 0,
    service_id: 0,
    command_id: command.id,
    seq_num: 7,
    reversed: 0,
  });
  bytes.set(body, HEADER_LENGTH);
  return bytes;
}
