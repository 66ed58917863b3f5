import { formatAuthority } from "../../harness/client/index.ts";
import { OWN_DESCRIPTORS } from "../../harness/descriptors.ts";
import { CuppingError } from "../../harness/errors.ts";
import { decideHttpPlan, requestKinds, runHttpLoad } from "../../harness/http-load/index.ts";
import { parseThreshold, TargetUsage, type Threshold } from "../../harness/measure/index.ts";
import type { LoadResult } from "../../harness/result/index.ts";
import type { Target } from "../../harness/targets/index.ts";
import packageJson from "../../package.json" with { type: "json" };
import { type HttpArguments, httpOptions } from "../options/http.ts";
import { perform } from "../run/perform.ts";
import { cheapPasswords, checkRunTarget, metricsUrl, openRunTarget, withTargetLog } from "../run/target.ts";
import { httpScenario } from "./scenario-choice.ts";
import { tellLoad } from "./summary.ts";

/** What `load http --help` says at its end. */
export const httpEpilog: string = `${httpScenario.name}: ${httpScenario.title}.\nMetrics: ${requestKinds
  .map(({ metric, title }) => `${metric} (${title})`)
  .join(", ")}.`;

/** Runs the HTTP API of a target under load. @returns the exit code */
export async function loadHttp(args: HttpArguments): Promise<number> {
  const plan = decideHttpPlan(args);
  const thresholds = readThresholds(args.threshold ?? []);
  const metrics = await metricsUrl(args);
  return perform({
    descriptors: OWN_DESCRIPTORS + args.connections,
    what: "load-http",
    words: ["load", "http"],
    rows: httpOptions.rows,
    args,
    check: async () => {
      const choice = await checkRunTarget(args);
      if (choice.kind === "external") requireHttp(choice);
    },
    open: async ({ folder }, signal) => {
      const serveArguments = [...cheapPasswords, ...(args.serveArg ?? [])];
      return { target: await openRunTarget(args, folder, { signal, serveArguments }) };
    },
    measure: async (run, { target }, interrupt) => {
      const result = await runHttpLoad({
        url: requireHttp(target),
        tls: target.address.tls,
        plan,
        thresholds,
        run: run.head(),
        tool: { name: "cupping", version: packageJson.version },
        target: describe(target),
        targetUsage: new TargetUsage(target, metrics),
        interrupt,
        onProgress: (elapsedMs, answers) => {
          if (!args.quiet) process.stderr.write(`${Math.round(elapsedMs / 1000)}s  ${answers} answers\n`);
        },
      });
      return withTargetLog(result, target, run.secrets);
    },
    tell: (result, outlet) => tellLoad(result, outlet),
  });
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

function requireHttp({ http }: Pick<Target, "http">): string {
  if (http !== undefined) return http;
  throw new CuppingError("usage", "load http needs the target's HTTP API: give --http http://HOST:PORT");
}

function describe(target: Target): LoadResult["target"] {
  const { address, http, startedBy } = target;
  return {
    url: `${address.scheme}://${formatAuthority(address)}`,
    transport: address.scheme,
    ...(address.tls?.insecure === true && { certificate: "unchecked" as const }),
    startedBy,
    ...(http !== undefined && { http }),
  };
}
