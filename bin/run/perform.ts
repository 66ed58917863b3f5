import { randomInt, randomUUID } from "node:crypto";
import { hideInError, hideInLogs, Secrets } from "../../harness/accounts/index.ts";
import { CuppingError } from "../../harness/errors.ts";
import { exitCodeOf, type Result } from "../../harness/result/index.ts";
import type { Target } from "../../harness/targets/index.ts";
import { parseReportFormats } from "../../reports/index.ts";
import type { JsonRows, OutputRows, ReportRows } from "../options/output.ts";
import type { ArgumentsOf, Rows } from "../options/row.ts";
import type { LabelRows, SeedRows } from "../options/run.ts";
import { openResultFolder, removeIfEmpty } from "./folder.ts";
import { catchInterrupt, INTERRUPTED } from "./interrupt.ts";
import { publish } from "./output.ts";
import { repeatLine } from "./repeat.ts";
import { logFolder } from "./target.ts";

/** Seeds are drawn from 1 up to here: what every number format keeps. */
export const SEED_LIMIT: number = 2 ** 31;

/** What all commands that run something take; some of them have no label. */
type RunArguments = ArgumentsOf<SeedRows & OutputRows & ReportRows & JsonRows> & Partial<ArgumentsOf<LabelRows>>;

/** A run that has begun. */
export interface Run {
  readonly seed: number;
  /** The folder that its results go into. */
  readonly folder: string;
  /** The command line that repeats it. */
  readonly command: string;
  /** Knows the words of every account that it uses; whatever the run writes or says is asked of it. */
  readonly secrets: Secrets;
  /** What a result says about its run, as of now. */
  head(): Result["run"];
}

/** What a run works on. */
interface Ready {
  readonly target: Target;
}

/** What differs from command to command. */
export interface Procedure<Opened extends Ready, R extends Result> {
  /** What is run, for the name of its folder, e.g. `load-chat`. */
  readonly what: string;
  /** The command and what it is about, e.g. `load chat`. */
  readonly words: readonly string[];
  readonly rows: Rows;
  readonly args: RunArguments;
  /** Makes the target ready. Ctrl-C during this ends the process. */
  open(run: Run): Promise<Opened>;
  /** Does the work. After the first Ctrl-C `interrupt` is aborted, and what was found until then is the result. */
  measure(run: Run, opened: Opened, interrupt: AbortSignal): Promise<R>;
  /** Tells the outcome on standard error, with the paths of what was written. */
  tell(result: R, written: readonly string[]): void;
  /** The exit code of a run that came to its end. Default: that of the verdict. */
  exitCode?(result: R): number;
}

/**
 * Runs something from its seed to its exit code: folder, target, Ctrl-C, measuring, result file, reports, JSON on
 * standard output, outcome on standard error.
 * @throws CuppingError `usage`, `target`, `harness`
 */
export async function perform<Opened extends Ready, R extends Result>(
  procedure: Procedure<Opened, R>,
): Promise<number> {
  const { args } = procedure;
  const formats = parseReportFormats(args.report);
  const { run, discard } = await begin(procedure);
  const hide = (error: unknown): void => void hideInError(error, run.secrets);
  // What no promise waits for is told by whoever listens next.
  process.prependListener("uncaughtException", hide);
  try {
    const result = await measured(procedure, run);
    if (result === undefined) {
      process.stderr.write("interrupted before anything was measured\n");
      return INTERRUPTED;
    }
    const written = await publish(result, { folder: run.folder, formats, json: args.json });
    procedure.tell(result, written);
    if (result.run.partial) return INTERRUPTED;
    return procedure.exitCode?.(result) ?? exitCodeOf(result.verdict);
  } catch (error) {
    throw hideInError(error, run.secrets);
  } finally {
    process.off("uncaughtException", hide);
    await discard();
  }
}

async function begin(procedure: {
  what: string;
  words: readonly string[];
  rows: Rows;
  args: RunArguments;
}): Promise<{ run: Run; discard: () => Promise<void> }> {
  const { what, words, rows, args } = procedure;
  const seed = args.seed ?? randomInt(1, SEED_LIMIT);
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new CuppingError("usage", `--seed takes a whole number from 0, but got ${seed}`);
  }
  const startedAt = new Date();
  const begun = performance.now();
  const folder = await openResultFolder(args.out, what, startedAt);
  const command = repeatLine(words, rows, { ...args, seed });
  const id = randomUUID();
  const head = (): Result["run"] => ({
    id,
    seed,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - begun),
    command,
    partial: false,
    ...(args.label !== undefined && { label: args.label }),
  });
  const discard = async (): Promise<void> => {
    if (args.out === undefined) await removeIfEmpty(folder);
  };
  return { run: { seed, folder, command, secrets: new Secrets(), head }, discard };
}

/** @returns undefined when an interrupt came before there was anything to tell, e.g. while accounts were registered */
async function measured<Opened extends Ready, R extends Result>(
  procedure: Procedure<Opened, R>,
  run: Run,
): Promise<R | undefined> {
  const opened = await procedure.open(run).catch(async (error) => {
    await hideInLogs(logFolder(run.folder), run.secrets);
    throw error;
  });
  const interrupt = catchInterrupt();
  try {
    return await procedure.measure(run, opened, interrupt.signal);
  } catch (error) {
    if (isOf(interrupt.signal, error)) return undefined;
    throw error;
  } finally {
    await opened.target.stop();
    await hideInLogs(logFolder(run.folder), run.secrets);
    interrupt.release();
  }
}

/** Whether something ended with this error because the signal was aborted. */
function isOf({ aborted, reason }: AbortSignal, error: unknown): boolean {
  return aborted && (error === reason || (error instanceof Error && error.name === "AbortError"));
}
