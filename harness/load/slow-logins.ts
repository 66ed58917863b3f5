import type { MetricSummary } from "../result/index.ts";

/** From this part of the clients on, those that wait to be logged in are why nobody is free. */
const NOTICED_SHARE = 0.5;
/** A login that takes so much longer in the middle of the run than the quickest one has waited for others. */
const QUEUE_FACTOR = 2;

/** A target whose logins kept the users busy. */
export interface SlowLogins {
  /** Logins per second that it came to. */
  perSecond: number;
  /** The median, milliseconds. */
  typicalMs: number;
  /** Whether logins wait for each other: with more clients they only wait longer. */
  queue: boolean;
}

/** @returns undefined when it was not logins that most clients waited for at a time */
export function slowLogins(login: MetricSummary | undefined, clients: number): SlowLogins | undefined {
  if (!login || login.mean === null || login.p50 === null || login.min === null || login.rate === 0) return undefined;
  const meanSeconds = login.mean / 1000;
  // The rate is that of requests, and the last answers come so much later.
  const perSecond = login.count / (login.count / login.rate + meanSeconds);
  if (perSecond * meanSeconds < clients * NOTICED_SHARE) return undefined;
  return { perSecond, typicalMs: login.p50, queue: login.p50 >= login.min * QUEUE_FACTOR };
}

/** Who was slow, and what helps: the end of a sentence. */
export function describeSlowLogins({ perSecond, typicalMs, queue }: SlowLogins): string {
  const seconds = (typicalMs / 1000).toFixed(1);
  return queue
    ? `the target logs in about ${perSecond.toFixed(1)} users a second, and they wait ${seconds} s for it (median), ` +
        "longer the more there are: give a lower --rate"
    : `users wait ${seconds} s (median) for the target to log them in: give more --clients or a lower --rate`;
}
