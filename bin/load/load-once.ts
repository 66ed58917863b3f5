import { join, relative } from "node:path";
import { type AccountSource, openAccounts } from "../../harness/accounts/index.ts";
import { CuppingError } from "../../harness/errors.ts";
import {
  type CapacityOf,
  type LoadSettings,
  replayAccounts,
  requireSensibleSettings,
  runLoad,
  type Scenario,
} from "../../harness/load/index.ts";
import { exitCodeOf, type LoadResult, writeResult } from "../../harness/result/index.ts";
import { openTarget, parseTarget, requireOwnTarget, type Target } from "../../harness/targets/index.ts";
import packageJson from "../../package.json" with { type: "json" };
import { parseReportFormats, writeReports } from "../../reports/index.ts";
import { ProgressView } from "./progress.ts";
import { chooseScenario } from "./scenario-choice.ts";
import { searchMax } from "./search-max.ts";
import { summarizeLoad } from "./summary.ts";

/** The parsed command line. */
export type LoadArguments = Record<string, unknown>;

const INTERRUPTED = 130;

/**
 * Runs one load and tells and writes its result.
 * @returns the exit code
 */
export async function loadOnce(args: LoadArguments, { seed, out }: { seed: number; out: string }): Promise<number> {
  const chosen = await chooseScenario(String(args["scenario"]));
  const settings = readSettings(args, chosen.scenario);
  requireSensibleSettings(chosen.scenario, settings);
  const formats = parseReportFormats(text(args["report"]) ?? "html");
  const metrics = await metricsUrl(args);
  const target = await openLoadTarget(args, out);
  const interrupt = interruption();
  const view = new ProgressView(args["verbose"] === true);
  try {
    const accounts = replayAccounts(openLoadAccounts(args, target, seed));
    const quiet = args["quiet"] === true;
    const measure = (asked: LoadSettings): Promise<LoadResult> =>
      runLoad({
        scenarioUrl: chosen.url,
        settings: asked,
        target,
        metrics,
        accounts: accounts(),
        seed,
        tool: { name: "cupping", version: packageJson.version },
        command: commandLine(seed),
        label: text(args["label"]),
        interrupt,
        onAccounts: (clients) => {
          if (!quiet) process.stderr.write(`seed ${seed}, ${clients} accounts\n`);
        },
        onProgress: (progress) => {
          if (!quiet) view.show(progress);
        },
      });
    const of = args["findMax"] as CapacityOf | undefined;
    const result = await (of ? searchMax(of, chosen.scenario, settings, measure) : measure(settings));
    view.end();
    return await publish(args, result, out, formats);
  } finally {
    view.end();
    await target.stop();
  }
}

function openLoadAccounts(args: LoadArguments, target: Target, seed: number): AccountSource {
  return openAccounts({
    users: text(args["users"]),
    userTemplate: text(args["userTemplate"]),
    userPassword: text(args["userPassword"]),
    http: target.http,
    seed,
  });
}

async function publish(
  args: LoadArguments,
  result: LoadResult,
  out: string,
  formats: ReturnType<typeof parseReportFormats>,
): Promise<number> {
  const file = await writeResult(out, result);
  const reports = await writeReports(out, result, formats);
  if (args["json"] === true) process.stdout.write(`${JSON.stringify(result)}\n`);
  const written = [file, ...reports.map(({ path }) => path)].map((path) => `written: ${relative(process.cwd(), path)}`);
  process.stderr.write(`${summarizeLoad(result, args["verbose"] === true)}\n${written.join("\n")}\n`);
  return result.run.partial ? INTERRUPTED : exitCodeOf(result.verdict);
}

/** What the command line says about the load itself. */
export function readSettings(args: LoadArguments, scenario: Scenario): LoadSettings {
  const own = Object.keys(scenario.options ?? {});
  return {
    clients: args["clients"] as number | undefined,
    rate: text(args["rate"]),
    closed: args["closed"] as boolean | undefined,
    think: text(args["think"]),
    ramp: text(args["ramp"]),
    warmup: text(args["warmup"]),
    duration: text(args["duration"]),
    stages: text(args["stages"]),
    drain: text(args["drain"]),
    workers: text(args["workers"]),
    payload: text(args["payload"]),
    spacing: text(args["arrivals"]),
    heartbeat: text(args["heartbeat"]),
    thresholds: args["threshold"] as string[] | undefined,
    maxRate: args["maxRate"] as number | undefined,
    audit: args["audit"] as boolean | undefined,
    options: Object.fromEntries(own.map((name) => [name, args[name] as number | string | boolean])),
  };
}

/** The target that the command line names, ready to be connected to; `out` gets what its containers log. */
export function openLoadTarget(args: LoadArguments, out: string): Promise<Target> {
  const transport = args["transport"] as "tcp" | "ws" | undefined;
  return openTarget(parseTarget(text(args["target"]), text(args["http"])), {
    ...(transport && { transport }),
    iOwnThisTarget: args["iOwnThisTarget"] === true,
    image: text(args["image"]),
    compose: text(args["compose"]),
    service: text(args["service"]),
    logFolder: join(out, "logs"),
    // Hashing passwords at full cost would make every run a measurement of the hash.
    serveArguments: ["--password-cost=1", ...((args["serveArg"] as string[] | undefined) ?? [])],
  });
}

/** Where the command line says that the target's metrics are. @throws CuppingError `usage` */
export async function metricsUrl(args: LoadArguments): Promise<string | undefined> {
  const given = text(args["metrics"]);
  if (given === undefined) return undefined;
  const url = URL.parse(given);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new CuppingError("usage", `--metrics takes an address such as http://host:9090/metrics, and got "${given}"`);
  }
  await requireOwnTarget(url.hostname.replace(/^\[|\]$/g, ""), args["iOwnThisTarget"] === true);
  return url.href;
}

/** Aborted by the first Ctrl-C, which ends the run in order; the second one ends the process at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(INTERRUPTED);
      process.stderr.write("\nending the run in order; press Ctrl-C again to end it at once\n");
      controller.abort();
    });
  }
  return controller.signal;
}

/** The command line that repeats the run, with the seed that was drawn. */
export function commandLine(seed: number): string {
  const words = process.argv.slice(2).map((word) => (/^[\w./:@=,-]+$/.test(word) ? word : `'${word}'`));
  return [
    "cupping",
    ...words,
    ...(process.argv.some((word) => word.startsWith("--seed")) ? [] : ["--seed", seed]),
  ].join(" ");
}

function text(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}
