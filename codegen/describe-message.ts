import { isProtocolError } from "./errors.ts";
import { enumLabel, type FieldTypes, messageTypeOf } from "./field-types.ts";
import { readUtf8 } from "./wire/utf8.ts";

/** A value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** `bytes` in readable form: as text where they are text, as hexadecimal digits otherwise. */
export type DescribedBytes = { utf8: string } | { hex: string };

/**
 * How a message reads as one line among many: fields with their default are left out, as on the wire, and bytes are
 * plain text, `hex:` before their digits where they are none.
 */
export interface ShortForm {
  /** Most characters of a text; of a longer one the beginning stays, and its length is told. */
  readonly longestText: number;
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

/**
 * Any decoded message, or a part of one, in a form that JSON can hold: `uint64` as a decimal string, `bytes` as
 * {@link DescribedBytes}. Meant for reading: it is not parsed back.
 * @param types of the contract's registry
 * @param typeName full name of the message; with it, numbers of enums read `kCIM_MSG_TYPE_TEXT (1)`
 * @param short for the short form; without it every field stands there, and whole
 */
export function describeMessage(value: unknown, types: FieldTypes, typeName?: string, short?: ShortForm): Json {
  return describe(value, typeName, { types, short });
}

interface Form {
  readonly types: FieldTypes;
  readonly short: ShortForm | undefined;
}

function describe(value: unknown, typeName: string | undefined, form: Form): Json {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "string") return shorten(value, form);
  if (value instanceof Uint8Array) return describeBytes(value, form);
  if (Array.isArray(value)) return value.map((item) => describe(item, typeName, form));
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).filter(
      ([, field]) => field !== undefined && !(form.short && isDefault(field)),
    );
    return Object.fromEntries(fields.map(([name, field]) => [name, describeField(typeName, name, field, form)]));
  }
  return value as Json;
}

function describeField(typeName: string | undefined, name: string, value: unknown, form: Form): Json {
  const { types } = form;
  if (typeof value === "number") return enumLabel(types, typeName, name, value) ?? value;
  if (Array.isArray(value) && typeof value[0] === "number") {
    return value.map((item: number) => enumLabel(types, typeName, name, item) ?? item);
  }
  return describe(value, messageTypeOf(types, typeName, name), form);
}

function describeBytes(bytes: Uint8Array, form: Form): Json {
  const utf8 = textOf(bytes);
  if (form.short) return shorten(utf8 ?? `hex:${hexOf(bytes)}`, form);
  return utf8 === undefined ? { hex: hexOf(bytes) } : { utf8 };
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    const utf8 = readUtf8(bytes, 0, bytes.length);
    return CONTROL.test(utf8) ? undefined : utf8;
  } catch (error) {
    if (isProtocolError(error)) return undefined;
    throw error;
  }
}

function isDefault(value: unknown): boolean {
  const isList = Array.isArray(value) || value instanceof Uint8Array;
  return value === 0 || value === 0n || value === "" || value === false || (isList && value.length === 0);
}

function shorten(text: string, { short }: Form): string {
  if (!short || text.length <= short.longestText) return text;
  return `${text.slice(0, short.longestText)}… (${text.length} characters)`;
}
