import { now, sleep } from "./clock.ts";

/** A regular stream of moments at which something is meant to happen. */
export interface Schedule {
  /** First moment, on the clock of `now`. */
  readonly from: number;
  /** No moment at or behind this. */
  readonly to: number;
  readonly intervalMs: number;
}

/**
 * The moments of one of several equal streams, shifted so that together they are evenly spaced.
 * @param rate moments per second of all streams together
 * @param stream number of this one, from 0 on
 */
export function evenSchedule(
  span: { from: number; durationMs: number },
  rate: number,
  stream: number,
  streams: number,
): Schedule {
  const intervalMs = (streams / rate) * 1000;
  const offset = (intervalMs * (stream % streams)) / streams;
  return { from: span.from + offset, to: span.from + span.durationMs, intervalMs };
}

/**
 * Calls `act` at each moment of a schedule, with the moment itself: when the virtual user is late, it catches up, and
 * the latencies that count from the moment show it.
 */
export async function atEach({ from, to, intervalMs }: Schedule, act: (at: number) => void): Promise<void> {
  for (let at = from; at < to; at += intervalMs) {
    const wait = at - now();
    if (wait > 0) await sleep(wait);
    act(at);
  }
  const rest = to - now();
  if (rest > 0) await sleep(rest);
}
