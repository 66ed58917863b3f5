import { isIP } from "node:net";
import { descriptorLimit, OWN_DESCRIPTORS } from "../../harness/descriptors.ts";
import { CuppingError } from "../../harness/errors.ts";
import {
  decideLoad,
  type LoadSettings,
  replayAccounts,
  requireSensibleSettings,
  runLoad,
  type Scenario,
  type Slice,
} from "../../harness/load/index.ts";
import type { LoadResult } from "../../harness/result/index.ts";
import { requireFirstLogin, type TargetChoice } from "../../harness/targets/index.ts";
import packageJson from "../../package.json" with { type: "json" };
import { asIs, htmlReport, referenceServer, subjects } from "../../reports/index.ts";
import { engineRows, type LoadArguments, loadOptions } from "../options/load.ts";
import { argumentsFor } from "../options/row.ts";
import { trafficRows } from "../options/traffic.ts";
import { interruptCurrent } from "../run/interrupt.ts";
import { perform, type Run } from "../run/perform.ts";
import { cheapPasswords, checkTested, metricsUrl, openTested, type Tested } from "../run/target.ts";
import { LiveServer, livePort } from "./live/live-server.ts";
import { scenarioRows } from "./options.ts";
import { ProgressView } from "./progress.ts";
import { type ChosenScenario, chooseScenario, nameOf } from "./scenario-choice.ts";
import { requireSearchable, searchMax } from "./search-max.ts";
import { sliceOf } from "./slice-options.ts";
import { tellLoad } from "./summary.ts";
import { tellNeeds } from "./tell-needs.ts";

/** Descriptors that a process of the reference server needs beside its connections. */
const SERVER_DESCRIPTORS = 500;
/** Descriptors for each process that holds connections, in the one that has started it. */
const DESCRIPTORS_PER_PROCESS = 2;

/** Runs one load, or a search for the most that the target takes. @returns the exit code */
export async function loadOnce(args: LoadArguments): Promise<number> {
  const chosen = await chooseScenario(args.scenario);
  const settings = readSettings(args, chosen.scenario);
  if (args.plan) {
    const { plan } = await decideLoad(chosen.scenario, chosen.url, settings);
    await tellNeeds(plan, args);
    return 0;
  }
  const slice = sliceOf(args);
  if (args.findMax) requireSearchable(args.findMax, settings);
  const { plan, users } = await requireSensibleSettings(chosen.scenario, chosen.url, settings, slice);
  const { clients } = plan;
  const share = slice && { ...users, of: clients };
  const metrics = await metricsUrl(args);
  const port = args.live === undefined ? undefined : livePort(args.live);
  let live: LiveServer | undefined;
  let report: string | undefined;
  const code = perform({
    // How many clients share a process is decided by what there is.
    descriptors: OWN_DESCRIPTORS + (args.target === "ref" ? DESCRIPTORS_PER_PROCESS * (processesFor(clients) - 1) : 0),
    what: `load-${nameOf(args.scenario)}`,
    words: ["load", args.scenario],
    rows: { ...loadOptions.rows, ...scenarioRows(chosen.scenario) },
    args,
    check: async () => requireSpreadable(await checkTested(args, share), args),
    open: async (run, signal) => {
      if (port !== undefined) live = await openLive(port, args);
      const processes = processesFor(clients);
      const inProcesses = processes > 1 && process.platform === "linux" ? [`--processes=${processes}`] : [];
      const serveArguments = [...cheapPasswords, ...inProcesses, ...(args.serveArg ?? [])];
      return openTested(args, { ...run, share }, { signal, transport: args.transport, serveArguments });
    },
    measure: (run, tested, interrupt) =>
      measure({ args, chosen, settings, slice, metrics, run, tested, interrupt, live }),
    tell: (result, outlet) => {
      tellLoad(result, outlet, args.verbose);
      if (live !== undefined) report = htmlReport([result]);
    },
  });
  return code.finally(() => (report === undefined ? live?.close() : live?.end(report)));
}

async function openLive(port: number, args: LoadArguments): Promise<LiveServer> {
  const target = args.label ?? args.target;
  const live = await LiveServer.open({
    port,
    subject: subjects.load(nameOf(args.scenario), target === "ref" ? referenceServer : asIs(target)),
    tool: `cupping ${packageJson.version}`,
    onStop: () => void interruptCurrent("live page"),
  });
  process.stderr.write(`live page: ${live.url}\n`);
  return live;
}

/** In how many processes the reference server takes so many connections: a process has a limited number of descriptors. */
function processesFor(clients: number): number {
  const limit = descriptorLimit();
  // Where a process may have few, half of them is for connections.
  return Math.ceil(clients / Math.max(limit - SERVER_DESCRIPTORS, Math.floor(limit / 2), 1));
}

async function measure(given: {
  args: LoadArguments;
  chosen: ChosenScenario;
  settings: LoadSettings;
  slice: Slice | undefined;
  metrics: string | undefined;
  run: Run;
  tested: Tested;
  interrupt: AbortSignal;
  live: LiveServer | undefined;
}): Promise<LoadResult> {
  const { args, chosen, settings, slice, metrics, run, tested, interrupt, live } = given;
  const { seed, command } = run;
  const accounts = replayAccounts(tested.accounts);
  const view = new ProgressView(args.verbose);
  const once = (asked: LoadSettings): Promise<LoadResult> =>
    runLoad({
      scenarioUrl: chosen.url,
      settings: asked,
      slice,
      target: tested.target,
      metrics,
      accounts: accounts(),
      seed,
      tool: { name: "cupping", version: packageJson.version },
      command,
      label: args.label,
      interrupt,
      onAccounts: (clients) => {
        if (args.quiet) return;
        process.stderr.write(`seed ${seed}, ${clients} accounts\n`);
        if (slice?.startAt !== undefined)
          process.stderr.write(
            `slice ${slice.index} of ${slice.of} begins at ${new Date(slice.startAt).toISOString()}\n`,
          );
      },
      onProgress: (progress) => {
        if (!args.quiet) view.show(progress);
        live?.show(progress);
      },
    });
  try {
    const [source, { registers }] = [accounts(), tested.accounts];
    await requireFirstLogin(tested.target, () => source.take(interrupt), registers, interrupt);
    return await (args.findMax ? searchMax(args.findMax, chosen.scenario, settings, interrupt, once) : once(settings));
  } finally {
    view.end();
  }
}

/** What the command line says about the load itself. */
function readSettings(args: LoadArguments, scenario: Scenario): LoadSettings {
  const { arrivals, ...ofEngine } = argumentsFor(engineRows, args);
  const own = Object.keys(scenario.options ?? {});
  return {
    ...argumentsFor(trafficRows, args),
    ...ofEngine,
    settle: args.settle,
    spacing: arrivals,
    thresholds: args.threshold,
    options: Object.fromEntries(own.map((name) => [name, args[name] as number | string | boolean])),
  };
}

/** @throws CuppingError `usage` when clients cannot be spread over the addresses of a name, since none is given */
function requireSpreadable(choice: TargetChoice, { spreadAddresses, target }: LoadArguments): void {
  if (!spreadAddresses || (choice.kind === "external" && isIP(choice.address.host) === 0)) return;
  throw new CuppingError(
    "usage",
    `--spread-addresses is about a target that is given by a name, and --target ${target} is not`,
  );
}
