import { CuppingError } from "../errors.ts";

/**
 * Reads a rate such as `1000` or `1000/s`, as `--rate` gives it.
 * @param what what is counted, e.g. `arrivals`
 * @returns so many per second, above 0
 * @throws CuppingError `usage`
 */
export function parseRate(text: string | number, what: string): number {
  const rate = Number(String(text).replace(/\/s$/, ""));
  if (Number.isFinite(rate) && rate > 0) return rate;
  throw new CuppingError(
    "usage",
    `--rate "${text}" is not a rate; expected a number of ${what} per second, e.g. 1000 or 1000/s`,
  );
}
