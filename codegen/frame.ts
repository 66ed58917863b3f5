import type { Command, Partially } from "./command.ts";
import { formatCommandId } from "./command-id.ts";
import { ProtocolError } from "./errors.ts";
import type { Frame } from "./framer.ts";
import {
  type FrameHeader,
  HEADER_LENGTH,
  PROTOCOL_VERSION,
  patchSeqNum,
  writeCommandHeader,
  writeHeader,
} from "./header.ts";
import type { Registry } from "./registry.ts";
import { Writer } from "./wire/writer.ts";

/** All packets of this process that are handed out one by one come from one writer's memory. */
const writer = new Writer();

/**
 * One packet, header and body, written in one pass.
 *
 * It is a view of a pooled piece of memory that nobody writes to again, so it may be kept and sent as it is; who
 * keeps a few packets for long copies them (`slice()`), because a view holds its whole pool (16 KiB).
 * @param seqNum 0 to 65535; a client never uses 0 for a request whose answer it matches by number
 * @throws ProtocolError `unencodable-body`
 */
export function encodeFrame<M>(command: Command<M>, message: Partially<M>, seqNum: number): Uint8Array {
  appendFrame(writer, command, message, seqNum);
  return writer.take();
}

/** Appends one packet to what `target` has; on an error nothing is appended. */
export function appendFrame<M>(target: Writer, command: Command<M>, message: Partially<M>, seqNum: number): void {
  if ((seqNum & 0xffff) !== seqNum) {
    throw new ProtocolError("unencodable-body", `seq_num: ${seqNum} is not a number from 0 to 65535`);
  }
  const before = target.length;
  target.at = target.reserve(HEADER_LENGTH) + HEADER_LENGTH;
  try {
    command.body.writeTo(target, message);
  } catch (error) {
    target.rewind(before);
    throw error;
  }
  const length = target.length - before;
  writeCommandHeader(target.bytes, target.at - length, length, command.id, seqNum);
}

/**
 * The same packet under another number: how one message is pushed to many connections without encoding it again.
 * @param frame a whole packet; it stays as it is
 */
export function renumberFrame(frame: Uint8Array, seqNum: number): Uint8Array {
  appendRenumbered(writer, frame, seqNum);
  return writer.take();
}

/** Appends a copy of a packet under another number. */
export function appendRenumbered(target: Writer, frame: Uint8Array, seqNum: number): void {
  const at = target.reserve(frame.length);
  target.bytes.set(frame, at);
  patchSeqNum(target.bytes, seqNum, at);
  target.at = at + frame.length;
}

/** A packet with any header fields and any body; `length` is the true one unless given. For tests of receivers. */
export function encodeRawFrame(header: Partial<FrameHeader>, body: Uint8Array): Uint8Array {
  const length = HEADER_LENGTH + body.length;
  const at = writer.reserve(length);
  writeHeader(
    writer.bytes,
    {
      length,
      version: PROTOCOL_VERSION,
      flag: 0,
      service_id: 0,
      command_id: 0,
      seq_num: 0,
      reversed: 0,
      ...header,
    },
    at,
  );
  writer.bytes.set(body, at + HEADER_LENGTH);
  writer.at = at + length;
  return writer.take();
}

/**
 * The message in a frame's body, with the command that says its type.
 * @throws ProtocolError `unknown-command` or `undecodable-body`
 */
export function decodeFrame(frame: Frame, registry: Registry): { command: Command; message: unknown } {
  const command = registry.byId(frame.header.command_id);
  if (!command) {
    throw new ProtocolError("unknown-command", `no command has the id ${formatCommandId(frame.header.command_id)}`);
  }
  return { command, message: command.body.decode(frame.body) };
}
