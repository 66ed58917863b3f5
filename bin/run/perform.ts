import { randomInt, randomUUID } from "node:crypto";
import { Secrets } from "../../harness/accounts/index.ts";
import { requireDescriptors } from "../../harness/descriptors.ts";
import { exitCodeOf, type Result, visible } from "../../harness/result/index.ts";
import { parseReportFormats } from "../../reports/index.ts";
import type { JsonRows, OutputRows, ReportRows } from "../options/output.ts";
import type { ArgumentsOf, Rows } from "../options/row.ts";
import { type DryRunRows, LARGEST_SEED, type LabelRows, type SeedRows } from "../options/run.ts";
import { clearResults } from "./folder.ts";
import { INTERRUPTED } from "./interrupt.ts";
import { takeResultFolder } from "./occupied.ts";
import { onTarget, type Ready } from "./on-target.ts";
import { fromHere, type Outlet, outletFor, publish } from "./output.ts";
import { repeatLine } from "./repeat.ts";
import { logFolder } from "./target.ts";
import { requireWritable } from "./written-paths.ts";

/** What all commands that run something take; some of them have no label. */
type RunArguments = ArgumentsOf<SeedRows & OutputRows & ReportRows & JsonRows & DryRunRows> &
  Partial<ArgumentsOf<LabelRows>>;

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

/** What differs from command to command. */
export interface Procedure<Opened extends Ready, R extends Result> {
  /** What is run, for the name of its folder, e.g. `load-chat`. */
  readonly what: string;
  /** The command and what it is about, e.g. `load chat`. */
  readonly words: readonly string[];
  readonly rows: Rows;
  readonly args: RunArguments;
  /** Files and connections that it has open at a time at most, in this process or the one of a server that it starts. */
  readonly descriptors: number;
  /** Finds what is wrong in the command line, as far as it can be found without reaching for the target. */
  check(): Promise<unknown>;
  /** Makes the target ready. @param interrupt may end it earlier; what it opens after all is stopped again */
  open(run: Run, interrupt: AbortSignal): Promise<Opened>;
  /** Does the work. After the first Ctrl-C `interrupt` is aborted, and what was found until then is the result. */
  measure(run: Run, opened: Opened, interrupt: AbortSignal): Promise<R>;
  /** Tells people the outcome, before anything is written. */
  tell(result: R, outlet: Outlet, run: Run): void;
  /** Writes what belongs to the result beside it and the reports. @returns the paths */
  keep?(result: R, run: Run): Promise<readonly string[]>;
  /** The exit code of a run that came to its end. Default: that of the verdict. */
  exitCode?(result: R): number;
}

/**
 * Runs something from its seed to its exit code: folder, target, Ctrl-C, measuring, outcome or JSON on standard output,
 * result file, reports. Whoever loses the files has been told the outcome.
 * @throws CuppingError `usage`, `target`, `harness`
 */
export async function perform<Opened extends Ready, R extends Result>(
  procedure: Procedure<Opened, R>,
): Promise<number> {
  const { args } = procedure;
  const formats = parseReportFormats(args.report);
  await procedure.check();
  requireDescriptors(procedure.descriptors);
  await requireWritable(procedure.rows, args);
  if (args.dryRun) return 0;
  const { run, discard } = await begin(procedure);
  try {
    return await onTarget({
      open: (interrupt) => procedure.open(run, interrupt),
      secrets: run.secrets,
      logs: logFolder(run.folder),
      work: async (opened, interrupt) => {
        // What the target wrote gives no orders to a terminal or to a CI service, whichever way it is told.
        const result = visible(await procedure.measure(run, opened, interrupt));
        const outlet = outletFor(args);
        procedure.tell(result, outlet, run);
        if (args.json) process.stdout.write(`${JSON.stringify(result)}\n`);
        const written = await publish(result, { folder: run.folder, formats });
        const kept = (await procedure.keep?.(result, run)) ?? [];
        for (const path of [...written, ...kept]) outlet.say(`written: ${fromHere(path)}`);
        if (result.run.partial) return INTERRUPTED;
        return procedure.exitCode?.(result) ?? exitCodeOf(result.verdict);
      },
    });
  } finally {
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
  const seed = args.seed ?? randomInt(1, LARGEST_SEED + 1);
  const startedAt = new Date();
  const begun = performance.now();
  const { path: folder, discard } = await takeResultFolder(args.out, what, startedAt);
  await clearResults(folder);
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
  return { run: { seed, folder, command, secrets: new Secrets(), head }, discard };
}
