/** Numbers and times as people read them. The same figure looks the same in every report. */

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** `1,234,567` */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** Three significant digits, and never an exponent: `0.84`, `12.3`, `1,240`. */
export function formatNumber(value: number): string {
  if (value === 0) return "0";
  const magnitude = Math.abs(value);
  if (magnitude >= 100) return grouped.format(value);
  if (magnitude >= 10) return value.toFixed(1);
  if (magnitude >= 1) return value.toFixed(2);
  return magnitude < 0.001 ? "<0.001" : value.toPrecision(2);
}

/** A latency given in milliseconds: `840 µs`, `12.3 ms`, `1.24 s`. */
export function formatLatency(ms: number | null): string {
  if (ms === null) return "–";
  const magnitude = Math.abs(ms);
  if (magnitude >= 1000) return `${formatNumber(ms / 1000)} s`;
  if (magnitude >= 1 || ms === 0) return `${formatNumber(ms)} ms`;
  return `${formatNumber(ms * 1000)} µs`;
}

/** How long something took, given in milliseconds: `31 ms`, `4.2 s`, `3 min 20 s`, `1 h 2 min`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  const rest = Math.round(seconds) % 60;
  if (minutes < 60) return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
  return minutes % 60 === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const byteUnits = ["B", "KB", "MB", "GB", "TB"];

/** Bytes in decimal units, as machines are sold and network rates are counted: `8.41 KB`, `212 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1000 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? formatCount(value) : formatNumber(value)} ${byteUnits[unit]}`;
}

/** A share between 0 and 1: `1.2%`. */
export function formatShare(share: number): string {
  return `${formatNumber(share * 100)}%`;
}

/** A moment in UTC, to the second: `2026-11-24 04:05:00 UTC`. */
export function formatMoment(iso: string): string {
  return `${iso.slice(0, 19).replace("T", " ")} UTC`;
}

/** `1 case`, `3 cases` */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A metric's value in its own unit. */
export function formatMetric(value: number | null, unit: "ms" | "count" | "bytes"): string {
  if (value === null) return "–";
  if (unit === "ms") return formatLatency(value);
  return unit === "bytes" ? formatBytes(value) : formatNumber(value);
}
