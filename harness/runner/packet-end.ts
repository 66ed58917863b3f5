/** Bytes of a header that say how long its packet is. */
const LENGTH_BYTES = 4;

/** Counts the bytes that are sent on a connection, to tell whether a packet is under way. */
export class PacketEnd {
  /** What has been sent of a length. */
  #length: number[] = [];
  /** Bytes behind its length that are still to come of the packet under way. */
  #left = 0;

  /** Whether a packet has begun and not ended: what is sent now becomes a part of it. */
  get isInside(): boolean {
    return this.#left > 0 || this.#length.length > 0;
  }

  /** These bytes are sent: packets, or a part of one. */
  take(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      if (this.#left > 0) {
        const taken = Math.min(this.#left, bytes.length - at);
        this.#left -= taken;
        at += taken;
        continue;
      }
      this.#length.push(bytes[at] as number);
      at += 1;
      if (this.#length.length < LENGTH_BYTES) continue;
      this.#left = Math.max(0, Buffer.from(this.#length).readUInt32BE() - LENGTH_BYTES);
      this.#length = [];
    }
  }
}
