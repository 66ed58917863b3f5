import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { hideInLines, hideInLoad, type Secrets } from "../accounts/index.ts";
import { CuppingError } from "../errors.ts";
import { VIOLATION_PREFIX } from "../k6/check-names.ts";
import { judgeK6 } from "../k6/summary.ts";
import { ProcessSeries, TargetUsage } from "../measure/index.ts";
import { type LoadResult, readResult } from "../result/index.ts";
import { systemReason } from "../system-reason.ts";
import { readProcessUsage } from "../targets/index.ts";
import type { K6Binary } from "./find-k6.ts";
import { K6Samples, SAMPLES_FILE } from "./samples.ts";

/** What a run of k6 needs. */
export interface K6Run {
  readonly k6: K6Binary;
  /** The script, ready for k6. */
  readonly script: string;
  /** Folder for what k6 writes. */
  readonly folder: string;
  /** `CUPPING_…` variables for the script. */
  readonly variables: Readonly<Record<string, string>>;
  /** More arguments for `k6 run`. */
  readonly arguments: readonly string[];
  /** Export every sample, for true histograms and a course over time; costs k6 some processor time. */
  readonly samples: boolean;
  readonly quiet: boolean;
  /** Sees what the target uses. */
  readonly targetUsage: TargetUsage;
  /** What no result holds. */
  readonly secrets: Secrets;
  /** Aborted to end the run in order. */
  readonly interrupt: AbortSignal;
}

const USAGE_INTERVAL_MS = 500;
/** How long iterations under way may take to end after an interrupt, in milliseconds. */
const PATIENCE_MS = 1_500;
const EXAMPLES_PER_CHECK = 10;

interface Usage {
  cpuSeconds: number;
  rssPeakBytes: number;
}

/**
 * Runs k6 to its end and reads its result back.
 * @throws CuppingError `harness` when k6 wrote none
 */
export async function runK6(run: K6Run): Promise<LoadResult> {
  const console = join(run.folder, "console.log");
  const samplesFile = join(run.folder, SAMPLES_FILE);
  const exit = await startK6(run, [
    ...["run", "--no-usage-report", "--console-output", console],
    ...(run.samples ? ["--out", `json=${samplesFile}`] : []),
    ...(run.quiet ? ["--quiet"] : []),
    ...run.arguments,
    run.script,
  ]);
  const lines = run.secrets.hideInText(await readFile(console, "utf8").catch(() => ""));
  const result = await readResult(run.folder).catch((error: Error) => {
    throw new CuppingError(
      "harness",
      `k6 ended with code ${exit.code} and wrote no result; ${lines.trim() || "its messages stand above"}`,
      { cause: error },
    );
  });
  if (result.kind !== "load") throw new CuppingError("harness", "k6 wrote a result that is not a load result");
  const measured = await addSamples(result, run.samples ? samplesFile : undefined);
  const complete = withUsage(withExamples(measured, lines), exit.usage);
  const series = exit.processes.addTo(complete.series, Date.parse(complete.run.startedAt));
  const partial = run.interrupt.aborted;
  const targetUsage = run.targetUsage.describe();
  const final = { ...complete, series, targetUsage, run: { ...complete.run, partial } };
  return hideInLoad({ ...final, ...judgeK6(final) }, run.secrets);
}

/** How k6 ended, and how it and the target did meanwhile. */
interface Ended {
  readonly code: number | null;
  readonly usage: Usage;
  readonly processes: ProcessSeries;
}

async function startK6(run: K6Run, words: readonly string[]): Promise<Ended> {
  const child = spawn(run.k6.path, words, {
    env: { ...process.env, ...run.variables, CUPPING_RESULT: join(run.folder, "result.json") },
    // k6 shows its progress on standard output, which here is for results only.
    stdio: ["ignore", run.quiet ? "ignore" : 2, "pipe"],
  });
  const said = pipeline(hideInLines(child.stderr as Readable, run.secrets), process.stderr, { end: false });
  let again: NodeJS.Timeout | undefined;
  const stop = (): void => {
    child.kill("SIGINT");
    // The first one lets iterations end, the second one does not.
    again = setTimeout(() => child.kill("SIGINT"), PATIENCE_MS);
  };
  const endWithUs = (): void => void child.kill("SIGKILL");
  process.once("exit", endWithUs);
  run.interrupt.addEventListener("abort", stop, { once: true });
  const usage: Usage = { cpuSeconds: 0, rssPeakBytes: 0 };
  const usageOfK6 = async () => (child.pid === undefined ? undefined : readProcessUsage(child.pid));
  const processes = new ProcessSeries(run.targetUsage, new TargetUsage({ usage: usageOfK6, http: undefined }));
  const timer = setInterval(async () => {
    const now = await usageOfK6();
    if (now && now.rssPeakBytes > 0) Object.assign(usage, now);
  }, USAGE_INTERVAL_MS);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("error", (error) =>
        reject(new CuppingError("harness", `k6 could not be started: ${systemReason(error)}`)),
      );
      child.on("close", (exitCode) => resolve(exitCode));
    });
    await said;
    return { code, usage, processes };
  } finally {
    clearInterval(timer);
    clearTimeout(again);
    process.off("exit", endWithUs);
    processes.stop();
    run.interrupt.removeEventListener("abort", stop);
  }
}

async function addSamples(result: LoadResult, file: string | undefined): Promise<LoadResult> {
  if (file === undefined) return result;
  const samples = new K6Samples();
  await samples.addFile(file).catch((error: Error) => {
    throw new CuppingError("harness", `k6 has not written all its samples: ${error.message}`, { cause: error });
  });
  return samples.enrich(result);
}

/** The violations that the script told in words on k6's console, which its summary cannot hold. */
function withExamples(result: LoadResult, console: string): LoadResult {
  const checks = structuredClone(result.checks);
  const told = new RegExp(`msg="${VIOLATION_PREFIX} (\\w+): ((?:[^"\\\\]|\\\\.)*)"`, "g");
  for (const [, name, escaped] of console.matchAll(told)) {
    const check = checks[name as string];
    if (!check || check.examples.length >= EXAMPLES_PER_CHECK) continue;
    check.examples.push({ text: JSON.parse(`"${escaped}"`) as string });
  }
  return { ...result, checks };
}

function withUsage(result: LoadResult, { cpuSeconds, rssPeakBytes }: Usage): LoadResult {
  const seconds = result.run.durationMs / 1000;
  const { peak } = result.clients;
  return {
    ...result,
    harness: {
      ...result.harness,
      cpu: seconds > 0 ? Number((cpuSeconds / seconds).toFixed(3)) : 0,
      rssPeakBytes,
      // k6's own memory is part of it: there is no k6 without virtual users to subtract.
      bytesPerClient: peak > 0 && rssPeakBytes > 0 ? Math.round(rssPeakBytes / peak) : null,
    },
  };
}
