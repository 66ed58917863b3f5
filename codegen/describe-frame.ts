import { formatCommandId } from "./command-id.ts";
import { describeMessage, hexOf, type Json } from "./describe-message.ts";
import type { Frame } from "./framer.ts";
import type { Registry } from "./registry.ts";

/** A frame in a form that JSON can hold and a person can read. */
export interface DescribedFrame {
  /** The contract's name without `kCIM_CID_`, or the id in hexadecimal when the contract has no such command. */
  command: string;
  command_id: number;
  seq_num: number;
  /** Whole packet in bytes, header included, as the header says. */
  length: number;
  /** Header fields that are not what every packet carries (version 1, the reserved fields 0). */
  unusual?: { [name: string]: number };
  /** The message: `uint64` as a decimal string, `bytes` as `DescribedBytes`, an enum's number with its name. */
  message?: Json;
  /** Why there is no message: the command is unknown or the body does not parse. */
  error?: string;
  /** The body in hexadecimal, when there is no message. */
  body?: string;
}

function unusualFields(frame: Frame): { [name: string]: number } | undefined {
  const { version, flag, service_id, reversed } = frame.header;
  const expected = { version: 1, flag: 0, service_id: 0, reversed: 0 };
  const unusual = Object.entries({ version, flag, service_id, reversed }).filter(
    ([name, value]) => value !== expected[name as keyof typeof expected],
  );
  return unusual.length === 0 ? undefined : Object.fromEntries(unusual);
}

/** A frame as readable JSON, for traces and for the command line. It never throws: what is wrong stands in `error`. */
export function describeFrame(frame: Frame, registry: Registry): DescribedFrame {
  const { command_id, seq_num, length } = frame.header;
  const command = registry.byId(command_id);
  const id = formatCommandId(command_id);
  const unusual = unusualFields(frame);
  const described: DescribedFrame = {
    command: command?.name ?? id,
    command_id,
    seq_num,
    length,
    ...(unusual && { unusual }),
  };
  if (!command) return { ...described, error: `no command has the id ${id}`, body: hexOf(frame.body) };
  try {
    return {
      ...described,
      message: describeMessage(command.body.decode(frame.body), registry.fieldTypes, command.body.typeName),
    };
  } catch (error) {
    return { ...described, error: (error as Error).message, body: hexOf(frame.body) };
  }
}
