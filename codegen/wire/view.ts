/**
 * A plain `Uint8Array` of the bytes from `from` to `to`, without a copy. `subarray` of a Node `Buffer` gives a
 * `Buffer`, whose `slice` does not copy: a trap for who keeps bytes.
 */
export function view(bytes: Uint8Array, from: number, to: number): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + from, to - from);
}
