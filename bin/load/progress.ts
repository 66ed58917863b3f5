import type { Progress } from "../../harness/load/index.ts";
import { formatDuration } from "../../harness/measure/index.ts";

/** Lines between two progress lines where nothing can be written over. */
const PLAIN_LINE_EVERY_MS = 5000;

const phaseNames: Record<Progress["phase"], string> = {
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
    const line = describeProgress(progress);
    if (this.#isLive) {
      this.#stream.write(`\r\u001b[2K${line.slice(0, (this.#stream.columns ?? 120) - 1)}`);
      return;
    }
    const isNews =
      this.#isVerbose ||
      progress.phase !== this.#phase ||
      progress.elapsedMs - this.#lastPlainAt >= PLAIN_LINE_EVERY_MS;
    if (!isNews) return;
    this.#phase = progress.phase;
    this.#lastPlainAt = progress.elapsedMs;
    this.#stream.write(`${line}\n`);
  }

  /** Leaves the line free for what comes next. */
  end(): void {
    if (this.#isLive) this.#stream.write("\r\u001b[2K");
  }
}

/** One line about the present second. */
export function describeProgress({ phase, elapsedMs, leftMs, clients, point, violations, errors }: Progress): string {
  const parts = [`${formatDuration(Math.round(elapsedMs / 1000) * 1000).padStart(6)}  ${phaseNames[phase]}`];
  parts.push(`${clients} clients`);
  if (point) {
    const sent = point.rates["sent"] ?? 0;
    const delivered = point.rates["delivered"] ?? 0;
    const logins = point.rates["logins"] ?? 0;
    if (sent > 0 || delivered > 0) parts.push(`${sent} sent/s`, `${delivered} delivered/s`);
    else if (logins > 0) parts.push(`${logins} logins/s`);
    const latency = ["msg_e2e", "fanout", "msg_ack", "history", "login"].find((metric) => point.metrics[metric]);
    const values = latency ? point.metrics[latency] : undefined;
    if (values) parts.push(`${latency} p50 ${values.p50.toFixed(1)} p99 ${values.p99.toFixed(1)} ms`);
  }
  parts.push(`${violations} violations`);
  if (errors > 0) parts.push(`${errors} errors`);
  if (leftMs !== undefined) parts.push(`${formatDuration(Math.ceil(leftMs / 1000) * 1000)} left`);
  return parts.join(" · ");
}
