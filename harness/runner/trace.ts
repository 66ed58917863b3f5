import {
  type Command,
  commandById,
  commands,
  enumLabel,
  HEADER_LENGTH,
  messageTypeOf,
  readHeader,
} from "../../codegen/index.ts";
import type { EventTrace, FrameTrace, JsonValue, TraceEntry } from "../result/index.ts";

/** Longest part of a frame that a trace keeps, in bytes; a megabyte of hexadecimal helps nobody. */
const KEPT_BYTES = 512;
/** Longest string or byte field that a decoded message keeps, in characters. */
const KEPT_TEXT = 400;
/** Most entries of one trace; the oldest and the newest halves stay. */
const KEPT_ENTRIES = 400;

/** Fields that log somebody in: no trace shows them, for accounts may be real ones. */
const SECRETS = new Map<number, string>([
  [commands.LOGIN_AUTH_REQ.id, "user_pwd"],
  [commands.LOGIN_AUTH_TOKEN_REQ.id, "user_token"],
]);

/** A frame as it was seen, kept as bytes until somebody wants to read it. */
interface SeenFrame {
  readonly at: number;
  readonly connection: string;
  readonly direction: "sent" | "received";
  readonly bytes: Uint8Array;
  /** The whole frame's length; `bytes` may be its beginning. */
  readonly length: number;
  readonly deliberate: boolean;
}

/** What happened on all connections of one case, in order. Decoding waits until the trace is read. */
export class CaseTrace {
  readonly #begin: number = performance.now();
  readonly #entries: (SeenFrame | EventTrace)[] = [];
  #dropped = 0;

  /** Milliseconds since the case began. */
  now(): number {
    return performance.now() - this.#begin;
  }

  frame(connection: string, direction: "sent" | "received", bytes: Uint8Array, deliberate: boolean = false): void {
    // A copy: a view would keep the whole chunk alive that the frame came in.
    const kept = bytes.slice(0, KEPT_BYTES + HEADER_LENGTH);
    this.#push({ at: this.now(), connection, direction, bytes: kept, length: bytes.length, deliberate });
  }

  event(connection: string, event: EventTrace["event"], text: string): void {
    this.#push({ at: this.now(), connection, direction: "event", event, text });
  }

  /** The trace in the form of the result file. */
  read(): TraceEntry[] {
    const entries = this.#entries.map((entry): TraceEntry => (entry.direction === "event" ? entry : describe(entry)));
    if (this.#dropped > 0) {
      const text = `${this.#dropped} entries in the middle are left out`;
      entries.splice(KEPT_ENTRIES / 2, 0, { at: 0, connection: "", direction: "event", event: "note", text });
    }
    return entries;
  }

  #push(entry: SeenFrame | EventTrace): void {
    this.#entries.push(entry);
    if (this.#entries.length <= KEPT_ENTRIES) return;
    this.#entries.splice(KEPT_ENTRIES / 2, 1);
    this.#dropped += 1;
  }
}

function describe(seen: SeenFrame): FrameTrace {
  const { bytes } = seen;
  const whole = bytes.length === seen.length;
  const header = bytes.length >= HEADER_LENGTH ? readHeader(bytes) : undefined;
  const command = header && commandById(header.command_id);
  const entry: FrameTrace = {
    at: Math.round(seen.at * 10) / 10,
    connection: seen.connection,
    direction: seen.direction,
    command: command?.name ?? (header ? hexId(header.command_id) : "bytes"),
    seq: header?.seq_num ?? 0,
    length: seen.length,
    hex: Buffer.from(bytes).toString("hex"),
    message: null,
  };
  if (!whole) entry.truncated = true;
  if (seen.deliberate) entry.deliberate = true;
  const decoded = { ...entry, ...decode(command, header?.length === seen.length && whole ? bytes : undefined) };
  return hideSecret(decoded, command);
}

function hideSecret(entry: FrameTrace, command: Command | undefined): FrameTrace {
  const secret = command && SECRETS.get(command.id);
  if (secret === undefined) return entry;
  entry.hex = entry.hex.slice(0, 2 * HEADER_LENGTH);
  entry.truncated = true;
  if (typeof entry.message === "object" && entry.message !== null && secret in entry.message) {
    entry.message = { ...entry.message, [secret]: "(hidden)" };
  }
  return entry;
}

function decode(
  command: Command | undefined,
  frame: Uint8Array | undefined,
): { message: JsonValue } | { error: string } {
  if (frame === undefined) return { error: "not one whole frame" };
  if (command === undefined) return { error: "no command has this id" };
  try {
    return { message: toJson(command.body.decode(frame.subarray(HEADER_LENGTH)), command.body.typeName) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/**
 * A decoded message as JSON: ids as decimal text, bytes as text where they are text, defaults left out.
 * @param typeName full name of the message; with it, numbers of enums read `kCIM_MSG_TYPE_TEXT (1)`
 */
export function toJson(value: unknown, typeName?: string): JsonValue {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "string") return shorten(value);
  if (value instanceof Uint8Array) return bytesToText(value);
  if (Array.isArray(value)) return value.map((item) => toJson(item, typeName));
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => !isDefault(field));
    return Object.fromEntries(fields.map(([name, field]) => [name, fieldToJson(typeName, name, field)]));
  }
  return value as JsonValue;
}

function fieldToJson(typeName: string | undefined, name: string, value: unknown): JsonValue {
  if (typeof value === "number") return enumLabel(typeName, name, value) ?? value;
  return toJson(value, messageTypeOf(typeName, name));
}

function isDefault(value: unknown): boolean {
  return (
    value === undefined ||
    value === 0 ||
    value === 0n ||
    value === "" ||
    value === false ||
    ((Array.isArray(value) || value instanceof Uint8Array) && value.length === 0)
  );
}

function bytesToText(bytes: Uint8Array): string {
  try {
    return shorten(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return shorten(`hex:${Buffer.from(bytes).toString("hex")}`);
  }
}

function shorten(text: string): string {
  return text.length <= KEPT_TEXT ? text : `${text.slice(0, KEPT_TEXT)}… (${text.length} characters)`;
}

/** A command id as the contract writes it, e.g. `0x0301`. */
export function hexId(id: number): string {
  return `0x${id.toString(16).padStart(4, "0")}`;
}
