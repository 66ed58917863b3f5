/** The databases' integers are signed: ids above 2^63-1 are kept as their two's complement, which changes no equality. */
export function toInteger(id: bigint): bigint {
  return BigInt.asIntN(64, id);
}

/** The unsigned id behind an integer of the database. */
export function toId(integer: bigint): bigint {
  return BigInt.asUintN(64, integer);
}
