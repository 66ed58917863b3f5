import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { endianness } from "node:os";

/** Lengths in SQLite's log and in the index beside it (sqlite.org/walformat.html, sections 1 and 2). */
const HEAD = 32;
const FRAME_HEAD = 24;
export const INDEX_HEAD = 48;

/** SQLite's usual page, for a log that cannot say it. */
const PAGE = 4096;

/** Without its last bit, which says how checksums read the bytes. */
const MAGIC = 0x377f0682;

/** A log against what was due of it, in pages. */
export interface LogState {
  /** Pages of whole transactions whose checksums hold: what SQLite takes. */
  taken: number;
  /** Pages of transactions that the last process had ended, as far as anything tells. */
  due: number;
}

const LITTLE_ENDIAN = endianness() === "LE";

/** What the index says of the log of the last process. */
interface Index {
  salt: Buffer;
  pages: number;
  /** Pages that were copied into the database file already. */
  copied: number;
}

/** How many pages the log has and how many were copied, by the beginning of its index: in the machine's own order. */
export function pagesInIndex(bytes: Buffer): { pages: number; copied: number } {
  const read = LITTLE_ENDIAN ? bytes.readUInt32LE : bytes.readUInt32BE;
  return { pages: read.call(bytes, 16), copied: read.call(bytes, 2 * INDEX_HEAD) };
}

/** Undefined when there is no index, or it was being written when the process was killed. */
function readIndex(file: string): Index | undefined {
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  if (bytes.length < 2 * INDEX_HEAD + 4) return undefined;
  const isWhole = bytes.subarray(0, INDEX_HEAD).equals(bytes.subarray(INDEX_HEAD, 2 * INDEX_HEAD));
  const isReady = bytes.readUInt8(12) === 1;
  if (!isWhole || !isReady) return undefined;
  // The salt stands there as it does in the log.
  return { salt: bytes.subarray(32, 40), ...pagesInIndex(bytes) };
}

/** SQLite's checksum, which goes on from frame to frame. */
class Checksum {
  #first = 0;
  #second = 0;
  readonly #bigEndian: boolean;

  constructor(bigEndian: boolean) {
    this.#bigEndian = bigEndian;
  }

  add(bytes: Buffer): this {
    const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; at < bytes.length; at += 8) {
      this.#first = (this.#first + words.getUint32(at, !this.#bigEndian) + this.#second) >>> 0;
      this.#second = (this.#second + words.getUint32(at + 4, !this.#bigEndian) + this.#first) >>> 0;
    }
    return this;
  }

  equals(bytes: Buffer, at: number): boolean {
    return bytes.readUInt32BE(at) === this.#first && bytes.readUInt32BE(at + 4) === this.#second;
  }
}

/** What is in the log itself, in pages. */
interface Contents {
  /** Undefined when the head is not a log's. */
  salt: Buffer | undefined;
  taken: number;
  /** Pages up to the end of the last transaction behind damage; undefined: what is not taken, no transaction ended. */
  behindDamage: number | undefined;
}

function readContents(descriptor: number, size: number): Contents {
  const contents: Contents = { salt: undefined, taken: 0, behindDamage: undefined };
  const head = Buffer.alloc(HEAD);
  if (readSync(descriptor, head, 0, HEAD, 0) < HEAD) return contents;
  const magic = head.readUInt32BE(0);
  const checksum = new Checksum((magic & 1) === 1).add(head.subarray(0, 24));
  if ((magic & ~1) >>> 0 !== MAGIC || !checksum.equals(head, 24)) return contents;
  const salt = head.subarray(16, 24);
  contents.salt = salt;
  const frame = Buffer.alloc(FRAME_HEAD + head.readUInt32BE(8));
  const frames = Math.floor((size - HEAD) / frame.length);
  let firstBroken: number | undefined;
  for (let number = 1; number <= frames; number++) {
    readSync(descriptor, frame, 0, frame.length, HEAD + (number - 1) * frame.length);
    // A log is written over from its beginning: what is left of an earlier one has another salt.
    const belongs = frame.subarray(8, 16).equals(salt);
    const endsTransaction = belongs && frame.readUInt32BE(4) !== 0;
    if (firstBroken !== undefined) {
      if (endsTransaction) contents.behindDamage = number;
      continue;
    }
    if (belongs && checksum.add(frame.subarray(0, 8)).add(frame.subarray(FRAME_HEAD)).equals(frame, 16)) {
      if (endsTransaction) contents.taken = number;
    } else firstBroken = number;
  }
  return contents;
}

/** Pages of a log whose head cannot be read. */
function pagesOf(size: number): number {
  return Math.max(1, Math.floor((size - HEAD) / (FRAME_HEAD + PAGE)));
}

function readLog(path: string, index: Index | undefined): LogState {
  const descriptor = openSync(path, "r");
  try {
    const { size } = fstatSync(descriptor);
    const { salt, taken, behindDamage } = readContents(descriptor, size);
    if (size === 0) return { taken, due: dueOf(index) };
    if (salt === undefined) return { taken, due: index?.pages || pagesOf(size) };
    // After a power cut the index may be older than the log.
    if (index?.salt.equals(salt)) return { taken, due: index.pages };
    return { taken, due: behindDamage ?? taken };
  } finally {
    closeSync(descriptor);
  }
}

/** What a log that is not there had to hold. */
function dueOf(index: Index | undefined): number {
  return index === undefined || index.copied >= index.pages ? 0 : index.pages;
}

/**
 * Compares the log beside a database with what the last process had written, before SQLite opens either. A process
 * that is killed leaves a log that is whole up to its last transaction; this finds what a disk, a copy or a person did
 * to it since. Where the index is gone too, a log that was cut off between two transactions cannot be told.
 */
export function readLogState(file: string): LogState {
  const index = readIndex(`${file}-shm`);
  const path = `${file}-wal`;
  return existsSync(path) ? readLog(path, index) : { taken: 0, due: dueOf(index) };
}
