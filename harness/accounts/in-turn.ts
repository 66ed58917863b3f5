import type { Account, AccountSource } from "./account.ts";

/** Longest time that registering ahead takes all together, in milliseconds; the rest is registered when it is needed. */
const AHEAD_MS = 30_000;

/**
 * Registers one account after another, never two at the same time, and some ahead: a server that breaks when many
 * register at once has cases of its own about that, and must not spoil all the others.
 */
export function registeredInTurn(source: AccountSource): AccountSource {
  const ready: Account[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let latest: number | undefined;
  const make = (signal: AbortSignal | undefined): Promise<Account> => {
    const made = last.then(() => {
      signal?.throwIfAborted();
      return source.take(signal);
    });
    last = made.catch(() => {});
    return made;
  };
  return {
    ...source,
    async take(signal) {
      return ready.shift() ?? (await unlessAborted(make(signal), signal));
    },
    makeNow: (signal) => unlessAborted(make(signal), signal),
    async prepare(count, signal, onMade) {
      latest ??= performance.now() + AHEAD_MS;
      while (ready.length < count && performance.now() < latest && !signal?.aborted) {
        ready.push(await make(signal));
        onMade?.(ready.length);
      }
    },
  };
}

/** Whoever gives up waiting for his turn need not wait for those before him. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
    if (signal.aborted) abort();
  });
}
