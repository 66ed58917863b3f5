import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/** Has no sickness of its own: what another makes of it. */
export const healthy: SickTarget = { name: "healthy", title: "serves everybody", start: () => Front.start({}) };

/** Timers of {@link healthyWithShortTimers}, in milliseconds. */
const SHORT_TIMERS = { login: 2_000, heartbeat: 3_000 };

/** The same with timers that a suite can miss. */
export const healthyWithShortTimers: SickTarget = {
  name: "healthy-with-short-timers",
  title: "serves everybody who logs in within 2 s and is heard of every 3 s",
  start: () => Front.start({}, SHORT_TIMERS),
};
