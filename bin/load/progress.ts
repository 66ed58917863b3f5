import type { Progress } from "../../harness/load/index.ts";
import { formatDuration } from "../../harness/measure/index.ts";

/** Lines between two progress lines where nothing can be written over. */
const PLAIN_LINE_EVERY_MS = 5000;

/** What a run is at, as people read it. */
export const phaseNames: Record<Progress["phase"], string> = {
  ramp: "bringing clients up",
  prepare: "preparing",
  traffic: "traffic",
  drain: "draining",
  audit: "auditing",
  close: "closing",
};

/** Shows how a run goes: on a terminal one line that is written over, elsewhere a line now and then, or every second. */
export class ProgressView {
  readonly #stream: NodeJS.WriteStream;
  readonly #isLive: boolean;
  readonly #isVerbose: boolean;
  #phase: Progress["phase"] | undefined;
  #lastPlainAt = Number.NEGATIVE_INFINITY;

  /** @param isVerbose a line of its own for every second, on a terminal, too */
  constructor(isVerbose: boolean = false, stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
    this.#isVerbose = isVerbose;
    this.#isLive = !isVerbose && stream.isTTY === true && !process.env["CI"];
  }

  show(progress: Progress): void {
    if (this.#isLive) {
      // The last column stays free: a line that fills it would wrap on some terminals.
      const width = (this.#stream.columns ?? 120) - 1;
      this.#stream.write(`\r\u001b[2K${describeProgress(progress, width).slice(0, width)}`);
      return;
    }
    const isNews =
      this.#isVerbose ||
      progress.phase !== this.#phase ||
      progress.elapsedMs - this.#lastPlainAt >= PLAIN_LINE_EVERY_MS;
    if (!isNews) return;
    this.#phase = progress.phase;
    this.#lastPlainAt = progress.elapsedMs;
    this.#stream.write(`${describeProgress(progress)}\n`);
  }

  /** Leaves the line free for what comes next. */
  end(): void {
    if (this.#isLive) this.#stream.write("\r\u001b[2K");
  }
}

/** A part of the line, and how soon it is left out where there is no room: 0 never, then the highest first. */
type Part = readonly [text: string, spare: number];

/**
 * One line about the present second.
 *
 * @param width columns that it may take; what says least is left out. Default: no limit
 */
export function describeProgress(progress: Progress, width: number = Number.POSITIVE_INFINITY): string {
  const { phase, elapsedMs, leftMs, clients, point, violations, errors } = progress;
  let parts: readonly Part[] = [
    [`${formatDuration(Math.round(elapsedMs / 1000) * 1000).padStart(6)}  ${phaseNames[phase]}`, 0],
    [`${clients} clients`, 3],
    ...(point ? secondParts(point) : []),
    [`${violations} violations`, 0],
    ...(errors > 0 ? [[`${errors} errors`, 0] as const] : []),
    ...(leftMs === undefined ? [] : [[`${formatDuration(Math.ceil(leftMs / 1000) * 1000)} left`, 4] as const]),
  ];
  const lineOf = (shown: readonly Part[]): string => shown.map(([text]) => text).join(" · ");
  while (lineOf(parts).length > width) {
    const sparest = Math.max(...parts.map(([, spare]) => spare));
    if (sparest === 0) break;
    parts = parts.filter(([, spare]) => spare !== sparest);
  }
  return lineOf(parts);
}

function secondParts({ rates, metrics }: NonNullable<Progress["point"]>): Part[] {
  const { sent = 0, delivered = 0, logins = 0 } = rates;
  const traffic: Part[] =
    sent > 0 || delivered > 0
      ? [
          [`${sent} sent/s`, 2],
          [`${delivered} delivered/s`, 5],
        ]
      : logins > 0
        ? [[`${logins} logins/s`, 2]]
        : [];
  const latency = ["msg_e2e", "fanout", "msg_ack", "history", "login"].find((metric) => metrics[metric]);
  const values = latency === undefined ? undefined : metrics[latency];
  if (values === undefined) return traffic;
  return [...traffic, [`p50 ${values.p50.toFixed(1)} ms`, 6], [`${latency} p99 ${values.p99.toFixed(1)} ms`, 1]];
}
