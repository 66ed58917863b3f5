import { setTimeout as delay } from "node:timers/promises";

/** When to try again after a connection broke. */
export interface ReconnectOptions {
  /** Pauses between attempts in milliseconds; after the last one it begins again. Default 1, 2, 4, 8 s (HB-05). */
  readonly delaysMs?: readonly number[] | undefined;
  /** Each pause is lengthened by a random part of it up to this share, so that many clients spread out. Default 0.3. */
  readonly jitter?: number | undefined;
  /** Attempts in a row before the client gives up and closes. Default: never gives up. */
  readonly maxAttempts?: number | undefined;
  /** Source of randomness, 0 to 1, for repeatable runs. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
}

const DEFAULT_DELAYS_MS = [1_000, 2_000, 4_000, 8_000];

/** The pause before attempt number `attempt` (1 is the first after the break), in milliseconds. */
export function reconnectDelay(attempt: number, options: ReconnectOptions): number {
  const { jitter = 0.3, random = Math.random } = options;
  const delays = options.delaysMs?.length ? options.delaysMs : DEFAULT_DELAYS_MS;
  const pause = delays[(attempt - 1) % delays.length] as number;
  return Math.round(pause * (1 + jitter * random()));
}

/** What is done while trying again. */
export interface ReconnectSteps {
  onWaiting(attempt: number, delayMs: number): void;
  /** One attempt, from connecting to caught up. Resolves true when it worked, false when another may; throws to end. */
  attempt(attempt: number): Promise<boolean>;
}

/**
 * Tries until an attempt works.
 * @returns whether one did; false when the attempts are used up or the signal was raised
 */
export async function reconnect(
  options: ReconnectOptions,
  steps: ReconnectSteps,
  signal: AbortSignal,
): Promise<boolean> {
  for (let attempt = 1; attempt <= (options.maxAttempts ?? Number.POSITIVE_INFINITY); attempt++) {
    const delayMs = reconnectDelay(attempt, options);
    steps.onWaiting(attempt, delayMs);
    await delay(delayMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return false;
    if (await steps.attempt(attempt)) return true;
  }
  return false;
}
