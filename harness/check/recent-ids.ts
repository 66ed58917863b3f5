const RING_MEMORY_BYTES = 8 * 1024 * 1024;
const RING_ENTRY_BYTES = 16;
const MIN_RING = 16;
const MAX_RING = 1024;

/**
 * The newest few (message, server_msg_id) pairs of every conversation, by whomever they were seen first. Later
 * observers must agree. An entry is found by id and, in a second half, by message.
 */
export class RecentIds {
  readonly size: number;
  readonly #hashShift: number;
  readonly #ids: BigUint64Array;
  /** Member × 2^32 would not fit; a message is identified by its member (16 bits) and the low 16 bits of its index. */
  readonly #messages: Uint32Array;

  /** @param conversations how many there will be; the memory for all of them together is bounded */
  constructor(conversations: number) {
    const fair = RING_MEMORY_BYTES / (RING_ENTRY_BYTES * 2 * Math.max(1, conversations));
    this.size = Math.min(MAX_RING, Math.max(MIN_RING, 2 ** Math.floor(Math.log2(fair))));
    this.#hashShift = 32 - Math.log2(this.size);
    this.#ids = new BigUint64Array(this.size * 2 * conversations);
    this.#messages = new Uint32Array(this.size * 2 * conversations);
  }

  /** @returns the id under which somebody else saw this message, when it differs from `id` */
  otherId(firstRing: number, member: number, index: number, id: bigint): bigint | undefined {
    const message = messageKey(member, index);
    const slot = firstRing + this.size + (Math.imul(message, 0x9e3779b1) >>> this.#hashShift);
    const known = this.#ids[slot] as bigint;
    if (known !== 0n && this.#messages[slot] === message) return known === id ? undefined : known;
    this.#ids[slot] = id;
    this.#messages[slot] = message;
    return undefined;
  }

  /** @returns the other message that was seen under this id, when there is one */
  otherMessage(
    firstRing: number,
    member: number,
    index: number,
    id: bigint,
  ): { member: number; indexLow: number } | undefined {
    const message = messageKey(member, index);
    const slot = firstRing + Number(id & BigInt(this.size - 1));
    const known = this.#messages[slot] as number;
    if (this.#ids[slot] === id && known !== message) return { member: known >>> 16, indexLow: known & 0xffff };
    this.#ids[slot] = id;
    this.#messages[slot] = message;
    return undefined;
  }
}

function messageKey(member: number, index: number): number {
  return ((member << 16) | (index & 0xffff)) >>> 0;
}
