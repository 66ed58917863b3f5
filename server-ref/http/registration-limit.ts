import { mark } from "../marks.ts";

const HOUR_MS = 3_600_000;

/** Whether one more registration may be tried now. */
export type AllowRegistration = () => boolean;

/**
 * Allows so many registrations within any hour (HTTP-13).
 * @param perHour 0: any number
 * @param now the clock, in milliseconds
 */
export function registrationLimit(perHour: number, now: () => number): AllowRegistration {
  if (perHour === 0) return () => true;
  const allowed: number[] = [];
  return () => {
    mark("HTTP-13");
    const time = now();
    while (allowed[0] !== undefined && time - allowed[0] >= HOUR_MS) allowed.shift();
    if (allowed.length >= perHour) return false;
    allowed.push(time);
    return true;
  };
}
