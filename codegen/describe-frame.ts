import { formatCommandId } from "./command-id.ts";
import { isProtocolError } from "./errors.ts";
import { enumLabel, type FieldTypes, messageTypeOf } from "./field-types.ts";
import type { Frame } from "./framer.ts";
import type { Registry } from "./registry.ts";
import { readUtf8 } from "./wire/utf8.ts";

/** A value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** `bytes` in readable form: as text where they are text, as hexadecimal digits otherwise. */
export type DescribedBytes = { utf8: string } | { hex: string };

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
  /** The message: `uint64` as a decimal string, `bytes` as {@link DescribedBytes}, an enum's number with its name. */
  message?: Json;
  /** Why there is no message: the command is unknown or the body does not parse. */
  error?: string;
  /** The body in hexadecimal, when there is no message. */
  body?: string;
}

/** Bytes as hexadecimal digits. */
export function hexOf(bytes: Uint8Array): string {
  let digits = "";
  for (const byte of bytes) digits += byte.toString(16).padStart(2, "0");
  return digits;
}

/** Control characters other than tab and line breaks: text that has them is shown as bytes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

function describeBytes(bytes: Uint8Array): DescribedBytes {
  try {
    const utf8 = readUtf8(bytes, 0, bytes.length);
    if (!CONTROL.test(utf8)) return { utf8 };
  } catch (error) {
    if (!isProtocolError(error)) throw error;
  }
  return { hex: hexOf(bytes) };
}

/**
 * Any decoded message, or a part of one, in a form that JSON can hold. Meant for reading: it is not parsed back.
 * @param types of the contract's registry
 * @param typeName full name of the message; with it, numbers of enums read `kCIM_MSG_TYPE_TEXT (1)`
 */
export function describeMessage(value: unknown, types: FieldTypes, typeName?: string): Json {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Uint8Array) return describeBytes(value);
  if (Array.isArray(value)) return value.map((item) => describeMessage(item, types, typeName));
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    return Object.fromEntries(fields.map(([name, field]) => [name, describeField(types, typeName, name, field)]));
  }
  return value as Json;
}

function describeField(types: FieldTypes, typeName: string | undefined, name: string, value: unknown): Json {
  if (typeof value === "number") return enumLabel(types, typeName, name, value) ?? value;
  if (Array.isArray(value) && typeof value[0] === "number") {
    return value.map((item: number) => enumLabel(types, typeName, name, item) ?? item);
  }
  return describeMessage(value, types, messageTypeOf(types, typeName, name));
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
