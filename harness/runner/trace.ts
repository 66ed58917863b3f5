import {
  type Command,
  describeMessage,
  formatCommandId,
  HEADER_LENGTH,
  type Registry,
  readHeader,
  type ShortForm,
} from "../../codegen/index.ts";
import type { Secrets } from "../accounts/index.ts";
import type { EventTrace, FrameTrace, JsonValue, TraceEntry } from "../result/index.ts";
import { hiddenRanges, hideInStream } from "./hidden-stream.ts";

/** Longest part of a frame that a trace keeps, in bytes; a megabyte of hexadecimal helps nobody. */
const KEPT_BYTES = 512;
/** Larger frames, and all behind so many bytes of a case, are remembered by their beginning alone. */
const LARGEST_DECODED = 64 * 1024;
const REMEMBERED_BYTES = 16 * 1024 * 1024;
/** Packets of one write that are shown: the first and the last. */
const SHOWN_OF_A_WRITE = 40;
/** How messages read in traces and in what a case says. */
export const SHORT: ShortForm = { longestText: 400 };
/** Most entries remembered of a case; of more, the oldest and the newest halves stay. */
const REMEMBERED_ENTRIES = 4_000;
/** Most entries of a trace that is read: the oldest and the newest, and the pinned ones between them. */
const KEPT_ENTRIES = 400;
const KEPT_PINNED = 100;

/** A frame as it was seen, kept as bytes until somebody wants to read it. */
interface SeenFrame {
  readonly at: number;
  readonly connection: string;
  readonly direction: "sent" | "received";
  bytes: Uint8Array;
  /** The whole frame's length; `bytes` may be its beginning. */
  readonly length: number;
  readonly deliberate: boolean;
  /** Where it was blotted out, once that was done. */
  hidden?: [number, number][];
}

/** What happened on all connections of one case, in order. Decoding waits until the trace is read. */
export class CaseTrace {
  readonly #registry: Registry;
  readonly #secrets: Secrets;
  #begin: number = performance.now();
  readonly #entries: (SeenFrame | EventTrace)[] = [];
  readonly #pins: Buffer[] = [];
  #dropped = 0;
  #bytes = 0;

  /**
   * @param registry the commands of the contract that the target speaks
   * @param secrets what no trace shows
   */
  constructor(registry: Registry, secrets: Secrets) {
    this.#registry = registry;
    this.#secrets = secrets;
  }

  /** Forgets everything, and counts the time anew. */
  restart(): void {
    this.#begin = performance.now();
    this.#entries.length = 0;
    this.#dropped = 0;
    this.#bytes = 0;
  }

  /** Milliseconds since the case began. */
  now(): number {
    return performance.now() - this.#begin;
  }

  frame(connection: string, direction: "sent" | "received", bytes: Uint8Array, deliberate: boolean = false): void {
    // A copy: a view would keep the whole chunk alive that the frame came in. It is decoded before it is cut.
    const room = this.#bytes < REMEMBERED_BYTES ? LARGEST_DECODED : KEPT_BYTES + HEADER_LENGTH;
    const kept = bytes.slice(0, bytes.length <= room ? bytes.length : KEPT_BYTES + HEADER_LENGTH);
    this.#bytes += kept.length;
    this.#push({ at: this.now(), connection, direction, bytes: kept, length: bytes.length, deliberate });
  }

  event(connection: string, event: EventTrace["event"], text: string): void {
    this.#push({ at: this.now(), connection, direction: "event", event, text });
  }

  /** Marks the frames that hold a text, such as a message's id: they stay in the trace and reports show them. */
  pin(text: string): void {
    this.#pins.push(Buffer.from(text));
  }

  /** The trace in the form of the result file. */
  read(): TraceEntry[] {
    this.#forget();
    this.#hideSecrets();
    const places = this.#pins.length === 0 ? [] : [...this.#entries.keys()].filter((at) => this.#isPinned(at));
    const pinned = new Set(places.slice(0, KEPT_PINNED));
    const half = KEPT_ENTRIES / 2;
    const lines: TraceEntry[] = [];
    let left = 0;
    const tellLeft = (): void => {
      const text = `${left} entries are left out`;
      if (left > 0) lines.push({ at: 0, connection: "", direction: "event", event: "note", text });
      left = 0;
    };
    for (const [at, entry] of this.#entries.entries()) {
      if (at === REMEMBERED_ENTRIES / 2) left += this.#dropped;
      if (at >= half && at < this.#entries.length - half && !pinned.has(at)) {
        left += 1;
        continue;
      }
      tellLeft();
      const read: TraceEntry[] = entry.direction === "event" ? [entry] : describeWrite(entry, this.#registry);
      for (const line of read) lines.push(pinned.has(at) && this.#holdsPin(line) ? { ...line, highlight: true } : line);
    }
    return lines;
  }

  /** Blots out what logs somebody in, one direction of one connection after the other. */
  #hideSecrets(): void {
    const frames = this.#entries.filter((entry) => entry.direction !== "event");
    for (const direction of Map.groupBy(frames, (one) => `${one.direction} ${one.connection}`).values()) {
      for (let from = 0; from < direction.length; ) {
        // Behind a frame that is not whole the stream has a gap.
        let to = from;
        while (to < direction.length - 1 && direction[to]?.bytes.length === direction[to]?.length) to += 1;
        const run = direction.slice(from, to + 1);
        const hidden = hideInStream(
          run.map(({ bytes }) => bytes),
          this.#secrets,
          this.#registry,
        );
        for (const [at, seen] of run.entries()) {
          const bytes = hidden[at] as Uint8Array;
          if (bytes === seen.bytes) continue;
          seen.hidden = hiddenRanges(bytes, seen.bytes);
          seen.bytes = bytes;
        }
        from = to + 1;
      }
    }
  }

  #isPinned(at: number): boolean {
    const entry = this.#entries[at];
    if (entry === undefined || entry.direction === "event") return false;
    return this.#pins.some((pin) => viewOf(entry.bytes).includes(pin));
  }

  /** Of a write with several packets only the one with the pin is meant. */
  #holdsPin(line: TraceEntry): boolean {
    if (line.direction === "event") return false;
    return line.truncated === true || this.#pins.some((pin) => line.hex.includes(pin.toString("hex")));
  }

  #push(entry: SeenFrame | EventTrace): void {
    this.#entries.push(entry);
    // Many at a time: to take out one costs as much.
    if (this.#entries.length >= 2 * REMEMBERED_ENTRIES) this.#forget();
  }

  #forget(): void {
    const more = this.#entries.length - REMEMBERED_ENTRIES;
    if (more <= 0) return;
    this.#entries.splice(REMEMBERED_ENTRIES / 2, more);
    this.#dropped += more;
  }
}

function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** What was written in one go, packet by packet. */
function describeWrite(seen: SeenFrame, registry: Registry): TraceEntry[] {
  const packets = packetsOf(seen);
  const left = packets.length - SHOWN_OF_A_WRITE;
  if (left <= 0) return packets.map((one) => describe(one, registry));
  const half = SHOWN_OF_A_WRITE / 2;
  const { at, connection } = seen;
  return [
    ...packets.slice(0, half).map((one) => describe(one, registry)),
    { at, connection, direction: "event", event: "note", text: `${left} more packets of the same write` },
    ...packets.slice(-half).map((one) => describe(one, registry)),
  ];
}

/** Cuts a write as a server would; one whose first packet has no length that can be true stays as it is. */
function packetsOf(seen: SeenFrame): SeenFrame[] {
  const packets: SeenFrame[] = [];
  let from = 0;
  while (seen.bytes.length === seen.length && seen.length - from > HEADER_LENGTH) {
    const { length } = readHeader(seen.bytes, from);
    if (length < HEADER_LENGTH || from + length >= seen.length) break;
    packets.push(part(seen, from, from + length));
    from += length;
  }
  return from === 0 ? [seen] : [...packets, part(seen, from, seen.length)];
}

function part({ hidden, ...seen }: SeenFrame, from: number, to: number): SeenFrame {
  const within = hidden?.flatMap(([first, behind]): [number, number][] =>
    first < to && behind > from ? [[Math.max(first, from) - from, Math.min(behind, to) - from]] : [],
  );
  const bytes = seen.bytes.subarray(from, to);
  return { ...seen, bytes, length: to - from, ...(within?.length && { hidden: within }) };
}

function describe(seen: SeenFrame, registry: Registry): FrameTrace {
  const { bytes } = seen;
  const whole = bytes.length === seen.length;
  const header = bytes.length >= HEADER_LENGTH ? readHeader(bytes) : undefined;
  const command = header && registry.byId(header.command_id);
  const entry: FrameTrace = {
    at: Math.round(seen.at * 10) / 10,
    connection: seen.connection,
    direction: seen.direction,
    command: command?.name ?? (header ? formatCommandId(header.command_id) : "bytes"),
    seq: header?.seq_num ?? 0,
    length: seen.length,
    hex: Buffer.from(bytes.subarray(0, KEPT_BYTES + HEADER_LENGTH)).toString("hex"),
    message: null,
  };
  if (seen.length > KEPT_BYTES + HEADER_LENGTH) entry.truncated = true;
  if (seen.deliberate) entry.deliberate = true;
  if (seen.hidden) entry.hidden = seen.hidden;
  const isOne = header?.length === seen.length;
  if (isOne && whole) return { ...entry, ...decode(registry, command, bytes) };
  return { ...entry, error: whyUnread(seen, header?.length, isOne) };
}

function whyUnread(seen: SeenFrame, claimed: number | undefined, isOne: boolean): string {
  if (isOne) return `too large to be kept: the first ${seen.bytes.length} of ${seen.length} bytes`;
  if (claimed === undefined) return "the beginning of a packet: less than its header";
  if (claimed > seen.length) return `the first ${seen.length} of ${claimed} bytes of a packet`;
  return "not one whole packet";
}

function decode(
  registry: Registry,
  command: Command | undefined,
  frame: Uint8Array,
): { message: JsonValue } | { error: string } {
  if (command === undefined) return { error: "no command has this id" };
  const { body } = command;
  try {
    return {
      message: describeMessage(body.decode(frame.subarray(HEADER_LENGTH)), registry.fieldTypes, body.typeName, SHORT),
    };
  } catch (error) {
    return { error: (error as Error).message };
  }
}
