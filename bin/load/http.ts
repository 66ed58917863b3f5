import { randomBytes } from "node:crypto";
import { relative } from "node:path";
import type { Options } from "yargs";
import { CuppingError } from "../../harness/errors.ts";
import { decideHttpPlan, requestKinds, runHttpLoad } from "../../harness/http-load/index.ts";
import { parseThreshold, TargetUsage, type Threshold } from "../../harness/measure/index.ts";
import { exitCodeOf, type LoadResult, writeResult } from "../../harness/result/index.ts";
import type { Target } from "../../harness/targets/index.ts";
import packageJson from "../../package.json" with { type: "json" };
import { commandLine, interruption, type LoadArguments, metricsUrl, openLoadTarget } from "./load-once.ts";
import { loadOptions } from "./options.ts";
import { summarizeLoad } from "./summary.ts";

const INTERRUPTED = 130;

/** Options of `load http`: of the other scenarios' those that make sense for requests, and its own. */
export const httpOptions: Record<string, Options> = {
  ...pick(loadOptions, [
    "target",
    "http",
    "image",
    "compose",
    "service",
    "metrics",
    "rate",
    "ramp",
    "duration",
    "threshold",
    "i-own-this-target",
    "serve-arg",
  ]),
  ...pick(loadOptions, ["out", "json", "label", "seed", "quiet"]),
  connections: { type: "number", default: 20, describe: "connections to the HTTP API" },
  mix: {
    type: "string",
    describe: "shares of the rate, e.g. register=1,nickname=3 [default: register=1,nickname=3,health=1]",
  },
};

function pick(options: Readonly<Record<string, Options>>, names: readonly string[]): Record<string, Options> {
  return Object.fromEntries(names.map((name) => [name, options[name] as Options]));
}

/** What `load http --help` says at its end. */
export const httpEpilog: string = `http: the HTTP API under load, driven by autocannon.\nMetrics: ${requestKinds
  .map(({ metric, title }) => `${metric} (${title})`)
  .join(", ")}.`;

/**
 * Runs the HTTP API of a target under load and tells and writes the result.
 * @returns the exit code
 */
export async function loadHttp(args: LoadArguments, { seed, out }: { seed: number; out: string }): Promise<number> {
  const plan = decideHttpPlan({
    rate: args["rate"] as string | undefined,
    connections: args["connections"] as number | undefined,
    ramp: args["ramp"] as string | undefined,
    duration: args["duration"] as string | undefined,
    mix: args["mix"] as string | undefined,
  });
  const thresholds = readThresholds((args["threshold"] as string[] | undefined) ?? []);
  const metrics = await metricsUrl(args);
  const target = await openLoadTarget(args, out);
  try {
    const result = await runHttpLoad({
      url: httpOf(target),
      plan,
      thresholds,
      run: {
        id: randomBytes(4).toString("hex"),
        seed,
        startedAt: new Date().toISOString(),
        durationMs: 0,
        command: commandLine(seed),
        partial: false,
        ...(args["label"] !== undefined && { label: String(args["label"]) }),
      },
      tool: { name: "cupping", version: packageJson.version },
      target: describe(target),
      targetWatch: new TargetUsage(target, metrics),
      interrupt: interruption(),
      onProgress: (elapsedMs, answers) => {
        if (args["quiet"] !== true) process.stderr.write(`${Math.round(elapsedMs / 1000)}s  ${answers} answers\n`);
      },
    });
    const logTail = target.logTail();
    const told = logTail.length === 0 ? result : { ...result, target: { ...result.target, logTail } };
    return await publish(args, told, out);
  } finally {
    await target.stop();
  }
}

function readThresholds(texts: readonly string[]): Threshold[] {
  const known = requestKinds.map(({ metric }) => metric);
  return texts.map((text) => {
    const threshold = parseThreshold(text);
    if (known.includes(threshold.metric)) return threshold;
    throw new CuppingError(
      "usage",
      `--threshold "${text}": there is no metric "${threshold.metric}"; there are ${known.join(", ")}`,
    );
  });
}

function httpOf({ http }: Target): string {
  if (http !== undefined) return http;
  throw new CuppingError("usage", "load http needs the target's HTTP API: give --http http://HOST:PORT");
}

function describe(target: Target): LoadResult["target"] {
  const { address, http, startedBy } = target;
  return {
    url: `${address.scheme}://${address.host}:${address.port}`,
    transport: address.scheme,
    startedBy,
    ...(http !== undefined && { http }),
  };
}

async function publish(args: LoadArguments, result: LoadResult, out: string): Promise<number> {
  const file = await writeResult(out, result);
  if (args["json"] === true) process.stdout.write(`${JSON.stringify(result)}\n`);
  process.stderr.write(`${summarizeLoad(result)}\nresult: ${relative(process.cwd(), file)}\n`);
  return result.run.partial ? INTERRUPTED : exitCodeOf(result.verdict);
}
