import { createColors } from "picocolors";
import { type CaseResult, type CaseStatus, visibleText } from "../../harness/result/index.ts";
import type { ConformanceCase, SuiteProgress } from "../../harness/runner/index.ts";

/** How the progress of a run is shown. */
export interface ProgressOptions {
  /** Nothing at all. */
  readonly quiet: boolean;
  /** A line for each case. */
  readonly verbose: boolean;
  /** A line that rewrites itself, on a terminal only. */
  readonly live: boolean;
  readonly color: boolean;
}

/** How often the live line is written anew, in milliseconds. */
const REFRESH_MS = 200;
/** Without a terminal a line is written each time that this many cases have ended. */
const PLAIN_EVERY = 50;

const worthALine: ReadonlySet<CaseStatus> = new Set(["failed", "errored", "couldNotRun", "warned"]);

/** Shows a run on standard error while it goes on. */
export function showProgress(
  total: number,
  options: ProgressOptions,
): SuiteProgress & {
  /** Takes the live line away. */
  stop(): void;
} {
  const paint = createColors(options.color);
  const running = new Set<string>();
  const begun = performance.now();
  const ended = new Map<string, CaseStatus>();
  const told = new Map<string, CaseStatus>();
  const status = (): string => {
    const seconds = Math.round((performance.now() - begun) / 1_000);
    const failed = [...ended.values()].filter((one) => one === "failed").length;
    const bad = failed > 0 ? paint.red(`${failed} failed`) : "none failed";
    const now = [...running].at(-1);
    return `${ended.size} of ${total} cases, ${bad}, ${seconds} s${now === undefined ? "" : `, ${now}`}`;
  };
  const clear = (): void => {
    if (options.live) process.stderr.write("\r\u001b[2K");
  };
  const timer = options.live
    ? setInterval(() => {
        const width = (process.stderr.columns ?? 80) - 1;
        process.stderr.write(`\r\u001b[2K${status().slice(0, width)}`);
      }, REFRESH_MS)
    : undefined;
  return {
    onNote(note) {
      if (options.quiet) return;
      clear();
      process.stderr.write(`${visibleText(note)}\n`);
    },
    onStart(one: ConformanceCase) {
      running.add(one.id);
    },
    onEnd(result: CaseResult) {
      running.delete(result.id);
      ended.set(result.id, result.status);
      if (options.quiet) return;
      // Cases that were not even begun are no progress; the summary tells why.
      const wasBegun = result.durationMs > 0;
      const before = told.get(result.id);
      // A case may end twice; what was told is told again only when it has come to something else.
      if (
        before === undefined ? options.verbose || (worthALine.has(result.status) && wasBegun) : before !== result.status
      ) {
        told.set(result.id, result.status);
        clear();
        process.stderr.write(`${line(result, paint)}\n`);
      } else if (!options.live && wasBegun && ended.size % PLAIN_EVERY === 0) {
        process.stderr.write(`${status()}\n`);
      }
    },
    stop() {
      clearInterval(timer);
      clear();
    },
  };
}

function line(result: CaseResult, paint: ReturnType<typeof createColors>): string {
  const shades: Partial<Record<CaseStatus, (text: string) => string>> = {
    passed: paint.green,
    failed: paint.red,
    errored: paint.red,
    warned: paint.yellow,
    couldNotRun: paint.magenta,
  };
  const shade = shades[result.status] ?? paint.dim;
  const took = result.durationMs > 0 ? ` (${result.durationMs} ms)` : "";
  return `${shade(result.status.padEnd(13))} ${result.id}${took}${result.reason === undefined ? "" : `: ${visibleText(result.reason)}`}`;
}
