import { awakeTimeout } from "../awake-timeout.ts";
import { ClientError, type ClientErrorDetails } from "./errors.ts";

/** How long to wait and what ends the wait early. */
export interface WaitOptions {
  /** Longest wait in milliseconds; `Infinity` waits for ever. Time in which the process stands still does not count. */
  readonly deadlineMs?: number | undefined;
  /** Gives the wait up. */
  readonly signal?: AbortSignal | undefined;
}

/** Ends a wait: exactly one of the two is called. */
export interface Settle<T> {
  resolve(value: T): void;
  reject(error: Error): void;
}

/**
 * A promise with a deadline and a signal.
 * @param begin starts waiting; the result undoes it and is called once the wait is over, however it ended
 * @param late makes the error for a passed deadline
 */
export function waitWithDeadline<T>(
  options: WaitOptions & { deadlineMs: number },
  begin: (settle: Settle<T>) => () => void,
  late: () => ClientError,
  details: ClientErrorDetails = {},
): Promise<T> {
  const { deadlineMs, signal } = options;
  return new Promise((resolve, reject) => {
    const abortError = (): ClientError =>
      new ClientError("aborted", "waiting was aborted", { ...details, cause: signal?.reason });
    if (signal?.aborted) {
      reject(abortError());
      return;
    }
    let over = false;
    let undo: (() => void) | undefined;
    const finish = (): boolean => {
      if (over) return false;
      over = true;
      clearDeadline();
      signal?.removeEventListener("abort", abort);
      undo?.();
      return true;
    };
    const abort = (): void => {
      if (finish()) reject(abortError());
    };
    const clearDeadline = awakeTimeout(() => {
      if (finish()) reject(late());
    }, deadlineMs);
    signal?.addEventListener("abort", abort, { once: true });
    try {
      undo = begin({
        resolve(value) {
          if (finish()) resolve(value);
        },
        reject(error) {
          if (finish()) reject(error);
        },
      });
    } catch (error) {
      if (finish()) reject(error);
    }
    // It may have been settled while it began, before there was anything to undo.
    if (over) undo?.();
  });
}
