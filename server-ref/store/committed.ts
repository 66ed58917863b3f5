/** Told of each transaction: how long it took in milliseconds, and how many operations it held. */
export type Committed = (durationMs: number, operations: number) => void;
