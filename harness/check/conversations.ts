/** Whether a conversation is between two users or in a group; the values are those of `CIMSessionType`. */
export type ConversationKind = 1 | 2;

const RING_MEMORY_BYTES = 8 * 1024 * 1024;
const RING_ENTRY_BYTES = 16;
const MIN_RING = 16;
const MAX_RING = 1024;

/** One member of one conversation: where its rows stand. */
export interface Conversation {
  /** Number within the run; messages carry it. */
  readonly number: number;
  readonly kind: ConversationKind;
  /** Numbers of the members within the run. */
  readonly members: readonly number[];
  /** Group id of a group; 0 until it is created, and for two users, who know each other by user id. */
  groupId: bigint;
  /** First of the rows of its members in {@link MemberColumns}. */
  readonly firstMember: number;
  /** First of its members × members tracks, observer by observer. */
  readonly firstTrack: number;
  /** First of its entries in the ring of recent ids. */
  readonly firstRing: number;
}

/** What is kept per member of a conversation, in columns: a few dozen bytes each, whatever the number of messages. */
export class MemberColumns {
  /** Messages sent in this run. */
  sent: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  /** Messages acknowledged in this run. */
  acknowledged: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  /** Order-independent sum over (index, server_msg_id) of what was acknowledged. */
  fingerprint: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  /** `server_msg_id` of the newest own message acknowledged. */
  ackedId: BigUint64Array<ArrayBuffer> = new BigUint64Array(0);
  /** `server_msg_id` of the newest message received. */
  receivedId: BigUint64Array<ArrayBuffer> = new BigUint64Array(0);
  /** `server_msg_id` up to which the member has said it has read. */
  readId: BigUint64Array<ArrayBuffer> = new BigUint64Array(0);
  /** 1 while pushes are due to the member. */
  online: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  /** 1 when messages may have been on their way as the member read: how many it cleared is then not certain. */
  readInFlight: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  #count = 0;

  /** @returns the first of the new rows */
  add(count: number): number {
    const first = this.#count;
    this.#count += count;
    if (this.#count > this.sent.length) this.#grow(Math.max(this.#count, this.sent.length * 2));
    return first;
  }

  #grow(size: number): void {
    this.sent = copyInto(new Uint32Array(size), this.sent);
    this.acknowledged = copyInto(new Uint32Array(size), this.acknowledged);
    this.fingerprint = copyInto(new Uint32Array(size), this.fingerprint);
    this.ackedId = copyInto(new BigUint64Array(size), this.ackedId);
    this.receivedId = copyInto(new BigUint64Array(size), this.receivedId);
    this.readId = copyInto(new BigUint64Array(size), this.readId);
    this.online = copyInto(new Uint8Array(size), this.online);
    this.readInFlight = copyInto(new Uint8Array(size), this.readInFlight);
  }
}

/**
 * The newest few (message, server_msg_id) pairs of every conversation, by whomever they were seen first. Later
 * observers must agree. An entry is found by id and, in a second half, by message.
 */
export class RecentIds {
  readonly size: number;
  readonly #hashShift: number;
  readonly #ids: BigUint64Array;
  /** Member × 2^32 would not fit; a message is told by its member (16 bits) and the low 16 bits of its index. */
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

function copyInto<Column extends { set(from: Column): void }>(to: Column, from: Column): Column {
  to.set(from);
  return to;
}
