import type { GroupOperations } from "./groups.ts";
import type { MessageOperations } from "./messages.ts";
import type { UserOperations } from "./users.ts";

/**
 * Everything that survives a restart (SYS-01).
 *
 * Each operation is atomic: it takes effect as a whole or not at all. Operations of one user take effect in the order
 * in which one process calls them, so that a caller need not wait for one before it starts the next. A promise is fulfilled
 * only when the operation's effect, and every effect that its result shows, is durable to the chosen grade; it is
 * rejected when that could not be achieved, and then the operation has left no trace. The one exception is a
 * StoreError `outcome-unknown`: the database could not be asked any more what became of it.
 *
 * A store is a plain object of functions that need no `this`, whose arguments and results can be cloned: so it can be
 * wrapped by a mutant and offered to another process. Ids are unsigned 64-bit numbers.
 */
export interface Store extends UserOperations, MessageOperations, GroupOperations {
  /** Fulfilled when the store can read and write. */
  ping(): Promise<void>;
  /** Finishes what was begun and lets go of all resources. */
  close(): Promise<void>;
  /** Closes, and removes a database file that opening it has made: the server did not start. */
  abandon(): Promise<void>;
}

/** Called after each transaction with its duration in milliseconds and the number of operations in it. */
export type Committed = (durationMs: number, operations: number) => void;
