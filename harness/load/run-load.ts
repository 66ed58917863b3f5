import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { type AccountSource, hideInLoad } from "../accounts/index.ts";
import { formatAuthority } from "../client/index.ts";
import { CuppingError } from "../errors.ts";
import { TargetUsage } from "../measure/index.ts";
import type { LoadResult } from "../result/index.ts";
import type { Target } from "../targets/index.ts";
import { takeLoadAccounts } from "./accounts.ts";
import { Coordinator, type Progress } from "./coordinator.ts";
import { layersOf, requireFeasible } from "./feasibility.ts";
import { generatorCauses } from "./link/close-cause.ts";
import { composeResult } from "./load-result.ts";
import { loadScenario } from "./load-scenario.ts";
import { type ConversationLayer, type LoadPlan, shareUsers } from "./plan.ts";
import { decidePlan, decideThresholds, decideWorkers, type LoadSettings } from "./settings.ts";
import { spreadAddresses } from "./spread.ts";

/** What a load run needs. */
export interface LoadRun {
  /** File of the scenario's module, as a URL. */
  scenarioUrl: string;
  settings: LoadSettings;
  target: Target;
  /** Where the target's metrics are, in Prometheus' format. Default: `/metrics` of its HTTP API. */
  metrics?: string | undefined;
  accounts: AccountSource;
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
  const decided = decidePlan(scenario, run.settings);
  const thresholds = decideThresholds(scenario, run.settings);
  const layers = await layersOf(scenario, { name: scenario.name, url: run.scenarioUrl }, decided.options);
  requireFeasible(scenario, decided, layers);
  const block = blockSize(layers);
  const startedAt = new Date().toISOString();
  run.onAccounts?.(decided.clients);
  const accounts = await takeLoadAccounts(run.accounts, decided.clients, run.interrupt);
  const workers = decideWorkers(run.settings.workers, decided, block);
  const shares = shareUsers(accounts, workers, block);
  const plan: LoadPlan = {
    ...decided,
    scenarioUrl: run.scenarioUrl,
    seed: run.seed,
    run: randomBytes(4).readUInt32BE(),
    workers: shares.length,
    target: await spreadAddresses(run.target.address, decided.clients, run.settings.spreadAddresses),
  };
  const targetUsage = new TargetUsage(run.target, run.metrics);
  const coordinator = new Coordinator({
    plan,
    shares,
    thresholds,
    interrupt: run.interrupt,
    onProgress: run.onProgress,
    targetUsage,
  });
  const findings = await coordinator.run();
  const causesOfTarget = Object.keys(findings.notReached).filter((cause) => !generatorCauses.has(cause));
  const nobodyCameUp = findings.clientsPeak === 0 && causesOfTarget.length > 0;
  if (nobodyCameUp && !findings.interrupted) {
    const causes = Object.entries(findings.notReached).map(([cause, count]) => `${count} ${cause}`);
    throw new CuppingError("target", `no client could log in: ${causes.join(", ")}`);
  }
  const result = composeResult(findings, {
    tool: run.tool,
    runId: plan.run.toString(16).padStart(8, "0"),
    startedAt,
    command: run.command,
    label: run.label,
    target: describeTarget(run.target, findings.addresses),
    scenario,
    plan,
    thresholds,
    targetUsage: targetUsage.describe(),
  });
  return hideInLoad(result, run.accounts.secrets);
}

/** How many consecutive users no layer cuts apart: the least common multiple of the sizes. */
export function blockSize(layers: readonly ConversationLayer[]): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  return layers
    .map((layer) => (layer.kind === "pair" ? 2 : layer.size))
    .reduce((block, size) => (block * size) / divisor(block, size), 1);
}

function describeTarget(target: Target, addresses: readonly string[]): LoadResult["target"] {
  const { scheme } = target.address;
  const log = target.logTail();
  return {
    url: `${scheme}://${formatAuthority(target.address)}`,
    transport: scheme,
    ...(isIP(target.address.host) === 0 && addresses.length > 0 && { addresses: [...addresses] }),
    ...(target.address.tls?.insecure === true && { certificate: "unchecked" as const }),
    ...(target.http !== undefined && { http: target.http }),
    startedBy: target.startedBy,
    ...(log.length > 0 && { logTail: log }),
  };
}
