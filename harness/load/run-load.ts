import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { type AccountSource, hideInLoad } from "../accounts/index.ts";
import { formatAuthority } from "../client/index.ts";
import { CuppingError } from "../errors.ts";
import { describeMachine, nowMicros, TargetUsage } from "../measure/index.ts";
import type { LoadResult, SlicedPlan } from "../result/index.ts";
import type { Target } from "../targets/index.ts";
import { takeLoadAccounts } from "./accounts.ts";
import { Coordinator, type Progress, type Timetable } from "./coordinator.ts";
import { describeLateness } from "./lateness.ts";
import { generatorCauses } from "./link/close-cause.ts";
import { composeResult, traitsOf } from "./load-result.ts";
import { loadScenario } from "./load-scenario.ts";
import { type LoadPlan, shareUsers } from "./plan.ts";
import type { Scenario } from "./scenario.ts";
import { type DecidedLoad, decideWorkers, type LoadSettings, requireSensibleSettings } from "./settings.ts";
import type { Slice } from "./slice.ts";
import { recordSlice } from "./slice-record.ts";
import { spreadAddresses } from "./spread.ts";

/** What a load run needs. */
export interface LoadRun {
  /** File of the scenario's module, as a URL. */
  scenarioUrl: string;
  settings: LoadSettings;
  target: Target;
  /** Where the target's metrics are, in Prometheus' format. Default: `/metrics` of its HTTP API. */
  metrics?: string | undefined;
  /** Where there is a slice, those of the slice. */
  accounts: AccountSource;
  /** The part of the load that this run is; undefined for the whole. Its seed is that of all slices. */
  slice?: Slice | undefined;
  seed: number;
  tool: LoadResult["tool"];
  /** The command line that repeats the run. */
  command: string;
  label?: string | undefined;
  /** Aborted to end the run in order. */
  interrupt: AbortSignal;
  onProgress(progress: Progress): void;
  /** Called before the clients come up: accounts may have to be registered first. */
  onAccounts?(clients: number): void;
}

/**
 * Runs a load scenario to its end and says what was found.
 * @throws CuppingError `usage` for settings that make no sense; `scenario` for what the scenario's own code throws;
 *   `target` when no client could log in; `harness` when a worker ends
 */
export async function runLoad(run: LoadRun): Promise<LoadResult> {
  const scenario = await loadScenario(run.scenarioUrl);
  const { slice } = run;
  const decided = await requireSensibleSettings(scenario, run.scenarioUrl, run.settings, slice);
  const { users, block } = decided;
  const startedAt = new Date().toISOString();
  run.onAccounts?.(users.count);
  const accounts = await takeLoadAccounts(run.accounts, users.count, run.interrupt);
  const workers = decideWorkers(run.settings.workers, decided.plan, block, users.count);
  const shares = shareUsers(accounts, workers, block, users.first);
  const plan: LoadPlan = {
    ...decided.plan,
    scenarioUrl: run.scenarioUrl,
    seed: run.seed,
    run: randomBytes(4).readUInt32BE(),
    workers: shares.length,
    target: await spreadAddresses(run.target.address, users.count, run.settings.spreadAddresses),
  };
  // The figures of a slice are judged with those of the others.
  const thresholds = slice ? [] : decided.thresholds;
  const targetUsage = new TargetUsage(run.target, run.metrics);
  const coordinator = new Coordinator({
    plan,
    shares,
    thresholds,
    interrupt: run.interrupt,
    onProgress: run.onProgress,
    targetUsage,
    ...(slice && { timetable: timetableOf(slice, plan), keepSeconds: true }),
  });
  const findings = await coordinator.run();
  const causesOfTarget = Object.keys(findings.notReached).filter((cause) => !generatorCauses.has(cause));
  const nobodyCameUp = findings.clientsPeak === 0 && causesOfTarget.length > 0;
  if (nobodyCameUp && !findings.interrupted) {
    const causes = Object.entries(findings.notReached).map(([cause, count]) => `${count} ${cause}`);
    throw new CuppingError("target", `no client could log in: ${causes.join(", ")}`);
  }
  const target = describeTarget(run.target, findings.addresses);
  const sliced =
    slice &&
    recordSlice(findings, { slice, users, plan: planOf(run, slice, scenario, decided), workers: plan.workers });
  const result = composeResult(findings, {
    tool: run.tool,
    runId: plan.run.toString(16).padStart(8, "0"),
    startedAt,
    command: run.command,
    label: run.label,
    target,
    environment: describeMachine(),
    scenario: traitsOf(scenario),
    plan,
    clients: users.count,
    thresholds,
    targetUsage: targetUsage.describe(),
    notWhole: sliced ? describeLateness(sliced) : [],
    ...(sliced && { slice: sliced }),
  });
  return hideInLoad(result, run.accounts.secrets);
}

/** When a slice begins, and its traffic, where that was agreed upon. */
function timetableOf({ startAt }: Slice, { rampMs, settleMs }: LoadPlan): Timetable | undefined {
  if (startAt === undefined) return undefined;
  const beginMicros = nowMicros() + (startAt - Date.now()) * 1000;
  return { beginMicros, trafficMicros: beginMicros + (rampMs + settleMs) * 1000 };
}

/** The whole load that a run is a slice of. */
function planOf(run: LoadRun, { of, startAt }: Slice, scenario: Scenario, decided: DecidedLoad): SlicedPlan {
  const { name, startsOffline, acts } = traitsOf(scenario);
  return {
    tool: run.tool.version,
    target: urlOf(run.target),
    scenario: name,
    seed: run.seed,
    slices: of,
    ...(startAt !== undefined && { startAt: new Date(startAt).toISOString() }),
    thresholds: decided.thresholds.map(({ expression }) => expression),
    startsOffline,
    acts,
    load: { ...decided.plan } as unknown as SlicedPlan["load"],
  };
}

function urlOf({ address }: Target): string {
  return `${address.scheme}://${formatAuthority(address)}`;
}

function describeTarget(target: Target, addresses: readonly string[]): LoadResult["target"] {
  const { scheme } = target.address;
  const log = target.logTail();
  return {
    url: urlOf(target),
    transport: scheme,
    ...(isIP(target.address.host) === 0 && addresses.length > 0 && { addresses: [...addresses] }),
    ...(target.address.tls?.insecure === true && { certificate: "unchecked" as const }),
    ...(target.http !== undefined && { http: target.http }),
    startedBy: target.startedBy,
    ...(log.length > 0 && { logTail: log }),
  };
}
