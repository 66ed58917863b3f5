import type { Timing } from "./measure.ts";

/** One direction of one fixture, for all libraries. */
export interface Row {
  readonly direction: "encode" | "decode";
  readonly fixture: string;
  readonly bodyBytes: number;
  /** Ours first. */
  readonly timings: readonly Timing[];
}

/** The medians in nanoseconds, and behind each how many times as long as ours it takes. */
export function table(rows: readonly Row[]): string {
  const names = rows[0]?.timings.map(({ peer }) => peer) ?? [];
  const head = ["ns per operation", "body bytes", ...names];
  const lines = rows.map(({ direction, fixture, bodyBytes, timings }) => {
    const ours = timings[0]?.median ?? Number.NaN;
    const cells = timings.map(({ median }, index) =>
      index === 0 ? median.toFixed(0) : `${median.toFixed(0)} (${(median / ours).toFixed(1)}x)`,
    );
    return [`${direction} ${fixture}`, String(bodyBytes), ...cells];
  });
  const widths = head.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => (line[column] ?? "").length)),
  );
  const pad = (line: readonly string[]): string =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ");
  return [head, ...lines].map(pad).join("\n");
}

/** One condition that the codec must meet. */
export interface Judgement {
  readonly ok: boolean;
  readonly sentence: string;
}

/** Packets whose speed matters most: most of the traffic of a messenger. */
const busiest = new Set(["chat message", "acknowledgement"]);

/** Stock ts-proto takes at least this many times as long to encode a chat message. */
const STOCK_FACTOR = 5;

/** Whether the bar is met: fastest at every encode and at the decode of the busiest packets, and 5x stock ts-proto. */
export function judge(rows: readonly Row[]): Judgement[] {
  const judgements = rows
    .filter(({ direction, fixture }) => direction === "encode" || busiest.has(fixture))
    .map(({ direction, fixture, timings }) => {
      const fastest = timings.reduce((best, timing) => (timing.median < best.median ? timing : best));
      const sentence = `${direction} ${fixture}: ours is the fastest`;
      const ok = fastest === timings[0];
      return { ok, sentence: ok ? sentence : `${sentence} (${fastest.peer} is)` };
    });
  const chat = rows.find(({ direction, fixture }) => direction === "encode" && fixture === "chat message");
  const stock = chat?.timings.find(({ peer }) => peer === "ts-proto");
  if (!chat || !stock) return judgements;
  const ratio = stock.median / (chat.timings[0]?.median ?? Number.NaN);
  const sentence = `encode chat message: ${ratio.toFixed(1)}x stock ts-proto, at least ${STOCK_FACTOR}x wanted`;
  return [...judgements, { ok: ratio >= STOCK_FACTOR, sentence }];
}
