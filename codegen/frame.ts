import type { Command, Partially } from "./command.ts";
import { ProtocolError } from "./errors.ts";
import type { Frame } from "./framer.ts";
import { commands } from "./generated/commands.ts";
import { type FrameHeader, HEADER_LENGTH, PROTOCOL_VERSION, writeHeader } from "./header.ts";

const byId = new Map<number, Command>(Object.values(commands).map((command) => [command.id, command as Command]));

/** The command with this id, or undefined when the contract has none. */
export function commandById(id: number): Command | undefined {
  return byId.get(id);
}

/**
 * One packet, header and body.
 * @param seqNum 0 to 65535; a client never uses 0 for a request whose answer it matches by number
 */
export function encodeFrame<M>(command: Command<M>, message: Partially<M>, seqNum: number): Uint8Array {
  return encodeRawFrame({ command_id: command.id, seq_num: seqNum }, command.body.encode(message));
}

/** A packet with any header fields and any body; `length` is the true one unless given. For tests of receivers. */
export function encodeRawFrame(header: Partial<FrameHeader>, body: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(HEADER_LENGTH + body.length);
  writeHeader(bytes, {
    length: bytes.length,
    version: PROTOCOL_VERSION,
    flag: 0,
    service_id: 0,
    command_id: 0,
    seq_num: 0,
    reversed: 0,
    ...header,
  });
  bytes.set(body, HEADER_LENGTH);
  return bytes;
}

/**
 * The message in a frame's body, with the command that says its type.
 * @throws ProtocolError `unknown-command` or `undecodable-body`
 */
export function decodeFrame(frame: Frame): { command: Command; message: unknown } {
  const command = commandById(frame.header.command_id);
  if (!command)
    throw new ProtocolError("unknown-command", `no command has the id 0x${frame.header.command_id.toString(16)}`);
  return { command, message: command.body.decode(frame.body) };
}
