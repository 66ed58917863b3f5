import { awakeTimeout } from "../awake-timeout.ts";
import type { WaitOptions } from "../client/index.ts";

/** How long an answer is waited for. */
export type Patience = WaitOptions & { readonly deadlineMs: number };

/** Calls `giveUp` once patience ends. @returns clears it */
export function whenOver({ deadlineMs, signal }: Patience, giveUp: () => void): () => void {
  const clearDeadline = awakeTimeout(giveUp, deadlineMs);
  if (signal?.aborted) queueMicrotask(giveUp);
  signal?.addEventListener("abort", giveUp, { once: true });
  return () => {
    clearDeadline();
    signal?.removeEventListener("abort", giveUp);
  };
}
