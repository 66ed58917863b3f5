import { CuppingError } from "../errors.ts";

const unitMillis: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * Reads a length of time such as `30s`, `500ms`, `2m` or `1h30m`; a bare number counts as seconds.
 * @param what what the duration is for, as the user knows it, e.g. `--ramp`
 * @returns milliseconds
 * @throws CuppingError `usage`
 */
export function parseDuration(text: string | number, what: string): number {
  if (typeof text === "number" && Number.isFinite(text) && text >= 0) return text * 1000;
  const trimmed = String(text).trim();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1000;
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(trimmed)) {
    throw new CuppingError(
      "usage",
      `${what}: "${text}" is not a duration; expected for example 30s, 500ms, 2m or 1h30m`,
    );
  }
  let millis = 0;
  for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    millis += Number(amount) * (unitMillis[unit as string] as number);
  }
  return millis;
}

/** Milliseconds as a person writes them: `90s` becomes `1m30s`, `1500` becomes `1.5s`. */
export function formatDuration(millis: number): string {
  if (millis < 1000) return `${Math.round(millis)}ms`;
  if (millis < 60_000) return `${Number((millis / 1000).toFixed(1))}s`;
  const seconds = Math.round(millis / 1000);
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), "h"],
    [Math.floor((seconds % 3600) / 60), "m"],
    [seconds % 60, "s"],
  ];
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}${unit}`)
    .join("");
}
