/** What travels between the server and one of its gate processes; `id` names a connection, 0 the process itself. */
export const UnitKind = {
  /** To the gate: JSON of the door options; from it: JSON of the ports, or of an error. */
  listen: 1,
  stopListening: 2,
  /** From the gate: a client connected; one byte says how, its address follows. */
  open: 3,
  /** Bytes from or to the client. */
  data: 4,
  /** From the gate: the client sends no more. To it: close once all is sent, with a close code of two bytes. */
  end: 5,
  /** From the gate: the socket is gone. To it: close at once. */
  destroy: 6,
  pause: 7,
  resume: 8,
  /** From the gate: bytes that wait because the client does not read, as eight bytes. */
  backlog: 9,
  /** From the gate: bytes that it holds of a message that is not whole yet, as eight bytes. */
  partial: 10,
  /** To the gate: JSON of another certificate and key. */
  renewTls: 11,
} as const;
/** One of these kinds. */
export type UnitKind = (typeof UnitKind)[keyof typeof UnitKind];

/** One message between the processes. */
export interface Unit {
  kind: UnitKind;
  id: number;
  /** A view of the bytes that came. */
  payload: Uint8Array;
}

/** Length of the whole unit (4), kind (1), connection (4). */
const HEAD = 9;

const NOTHING = new Uint8Array(0);

/** Gathers units and writes those of one turn of the event loop together. */
export class UnitWriter {
  readonly #write: (bytes: Uint8Array, taken: () => void) => void;
  readonly #parts: Uint8Array[] = [];
  #length = 0;
  #whenTaken: (() => void)[] = [];

  /** @param write calls `taken` once the bytes have left this process */
  constructor(write: (bytes: Uint8Array, taken: () => void) => void) {
    this.#write = write;
  }

  /** @param taken called once the unit has left this process */
  send(kind: UnitKind, id: number, payload: Uint8Array = NOTHING, taken?: () => void): void {
    if (taken) this.#whenTaken.push(taken);
    const head = Buffer.allocUnsafe(HEAD);
    head.writeUInt32BE(HEAD + payload.length, 0);
    head.writeUInt8(kind, 4);
    head.writeUInt32BE(id, 5);
    if (this.#parts.push(head, payload) === 2) setImmediate(this.#flush);
    this.#length += HEAD + payload.length;
  }

  readonly #flush = (): void => {
    const bytes = Buffer.concat(this.#parts, this.#length);
    this.#parts.length = 0;
    this.#length = 0;
    const whenTaken = this.#whenTaken;
    this.#whenTaken = [];
    this.#write(bytes, () => {
      for (const taken of whenTaken) taken();
    });
  };
}

/** Cuts the other side's bytes into units. */
export class UnitReader {
  readonly #chunks: Buffer[] = [];
  #length = 0;
  /** Bytes without which no further unit is whole: joining what has come is not worth it before. */
  #needed = HEAD;

  *read(chunk: Buffer): Generator<Unit> {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) return;
    const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#length);
    let at = 0;
    this.#needed = HEAD;
    while (bytes.length - at >= HEAD) {
      const length = bytes.readUInt32BE(at);
      if (bytes.length - at < length) {
        this.#needed = length;
        break;
      }
      const kind = bytes.readUInt8(at + 4) as UnitKind;
      yield { kind, id: bytes.readUInt32BE(at + 5), payload: bytes.subarray(at + HEAD, at + length) };
      at += length;
    }
    this.#chunks.length = 0;
    if (at < bytes.length) this.#chunks.push(bytes.subarray(at));
    this.#length = bytes.length - at;
  }
}
