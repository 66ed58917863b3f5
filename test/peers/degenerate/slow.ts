import { late } from "../passages.ts";
import type { Passage } from "../proxy.ts";

/**
 * The reference server answers within some 40 ms, its commit and its password hash included: a hundred times as much.
 * It is also more than the 3 s after which clients give up (LOGIN-16).
 */
export const SLOW_BY_MS = 4_000;

/** Passes on everything that the server does, late. */
export function slowPassage(): Passage {
  return late(
    (pass) => ({ toClient: pass }),
    () => SLOW_BY_MS,
  );
}
