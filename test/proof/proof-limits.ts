/**
 * Bytes that clients may make a server under proof hold: a fraction of what it holds by default, and enough for the large
 * packets of all cases at once.
 */
export const PROOF_INCOMING: number = 48 * 1024 * 1024;

/** What a server under proof states, so that the cases about it are run. */
export const PROOF_LIMITS: ReadonlyMap<string, number> = new Map([["incoming-bytes", PROOF_INCOMING]]);
