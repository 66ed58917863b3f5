/** The part that one acknowledged message adds to its sender's fingerprint: of sums over the same messages and ids, all are equal. */
export function fingerprint(index: number, serverMsgId: bigint): number {
  const low = Number(serverMsgId & 0xffffffffn);
  const high = Number(serverMsgId >> 32n);
  let mixed = Math.imul(index ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(low + 0x7f4a7c15, 0xc2b2ae35) ^ high;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x27d4eb2f);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
