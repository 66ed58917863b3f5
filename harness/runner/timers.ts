import { CuppingError } from "../errors.ts";

/** The target's own timers in milliseconds. */
export interface TargetTimers {
  /** A connection without a login is closed after this time (LOGIN-10). */
  readonly login: number;
  /** A logged-in connection without a heartbeat is closed after this time (HB-02). */
  readonly heartbeat: number;
  /** A push without a confirmation is given up after this time (ACK-03). */
  readonly ack: number;
  /** An answered call without a sign of life is ended after this time (VOIP-13). */
  readonly call: number;
}

/** The timers that the contract names: 15 s, 60 s, 15 s, and 30 s for calls. */
export const DEFAULT_TIMERS: TargetTimers = { login: 15_000, heartbeat: 60_000, ack: 15_000, call: 30_000 };

/** How much later than its time a timer may fire: upstream looks once a second and closes within two (LOGIN-10). */
export const TIMER_GRACE_MS = 2_000;

/**
 * Timers from the text of an option, e.g. `login=15s,heartbeat=60s,ack=500ms`. What is left out has its default.
 * @throws CuppingError `usage`
 */
export function parseTimers(text: string): TargetTimers {
  const timers: Record<keyof TargetTimers, number> = { ...DEFAULT_TIMERS };
  for (const part of text.split(",").filter((piece) => piece.trim() !== "")) {
    const match = /^\s*(\w+)\s*=\s*(\d+(?:\.\d+)?)(ms|s|m)\s*$/.exec(part);
    const name = match?.[1];
    if (!match || !name || !(name in timers)) {
      throw new CuppingError(
        "usage",
        `--timers: "${part.trim()}" is not a timer; expected login, heartbeat, ack or call with a time, such as login=15s`,
      );
    }
    const unit = { ms: 1, s: 1_000, m: 60_000 }[match[3] as "ms" | "s" | "m"];
    const time = Number(match[2]) * unit;
    if (time < 100)
      throw new CuppingError("usage", `--timers: ${name}=${match[2]}${match[3]} is below 100 ms, too short to check`);
    timers[name as keyof TargetTimers] = time;
  }
  return timers;
}
