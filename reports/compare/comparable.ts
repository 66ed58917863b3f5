import type { ConformanceResult, LoadResult, Result } from "../../harness/result/index.ts";
import { counted, formatBytes } from "../numbers.ts";
import { stagesText } from "../stages.ts";

/** What the user may declare to be no hindrance. */
export type Allowed = "machine" | "options";

/** Fewer samples than this say nothing about a p99. */
const MIN_SAMPLES = 200;
/** Memory differs a little between machines of one class. */
const MEMORY_TOLERANCE = 0.1;
/** Options that do not change what the target has to do. */
const irrelevantOptions = new Set(["workers", "seed", "label", "out", "report", "quiet", "verbose", "json", "config"]);

/** Why these runs may not be compared, one sentence each; empty when they may. */
export function hindrances(results: readonly Result[], allowed: ReadonlySet<Allowed> = new Set()): string[] {
  const [first, ...others] = results;
  if (first === undefined) return ["there is nothing to compare"];
  const found = new Set<string>();
  for (const result of results) for (const reason of unfit(result)) found.add(reason);
  for (const other of others) for (const reason of unlike(first, other, allowed)) found.add(reason);
  return [...found];
}

function unfit(result: Result): string[] {
  const name = `run ${result.run.id}`;
  const reasons: string[] = [];
  if (result.run.partial) reasons.push(`${name} was interrupted, so its figures cover only a part`);
  if (result.kind === "load") {
    if (result.harness.saturated) {
      reasons.push(
        result.harness.limit === "machine"
          ? `in ${name} the machine was too busy, so its figures say nothing about the target: repeat it on a quiet one`
          : `in ${name} the generator was the limit, so its figures say nothing about the target: repeat it with more workers or less load`,
      );
    } else if (result.verdict === "invalid")
      reasons.push(`${name} is not valid: ${result.reasons[0] ?? "no reason given"}`);
    const counts = Object.values(result.metrics).map(({ count }) => count);
    const most = Math.max(0, ...counts);
    if (most < MIN_SAMPLES) {
      reasons.push(
        `${name} has ${counted(most, "sample")}, and a percentile needs at least ${MIN_SAMPLES}: let it run longer`,
      );
    }
  }
  return reasons;
}

function unlike(a: Result, b: Result, allowed: ReadonlySet<Allowed>): string[] {
  const runs = `runs ${a.run.id} and ${b.run.id}`;
  if (a.kind !== b.kind) return [`${runs} are of different kinds, ${a.kind} and ${b.kind}`];
  if (a.kind === "conformance" || b.kind === "conformance")
    return unlikeSuites(a as ConformanceResult, b as ConformanceResult, runs);
  const reasons = unlikeLoads(a, b, runs, allowed);
  if (!allowed.has("machine")) reasons.push(...unlikeMachines(a, b, runs));
  return reasons;
}

function unlikeSuites(a: ConformanceResult, b: ConformanceResult, runs: string): string[] {
  if (a.ruleSet !== b.ruleSet) return [`${runs} use rule sets ${a.ruleSet} and ${b.ruleSet}`];
  const [from, to] = [a.suite?.profile ?? "full", b.suite?.profile ?? "full"];
  return from === to ? [] : [`${runs} ask for different profiles, ${from} and ${to}`];
}

function unlikeLoads(a: LoadResult, b: LoadResult, runs: string, allowed: ReadonlySet<Allowed>): string[] {
  const reasons: string[] = [];
  if (a.scenario !== b.scenario) reasons.push(`${runs} are of different scenarios, ${a.scenario} and ${b.scenario}`);
  if (a.model !== b.model) reasons.push(`${runs} use different models, ${a.model} and ${b.model}`);
  if (a.target.transport !== b.target.transport) {
    reasons.push(`${runs} use different transports, ${a.target.transport} and ${b.target.transport}`);
  }
  if (reasons.length > 0 || allowed.has("options")) return reasons;
  const names = new Set([...Object.keys(a.options ?? {}), ...Object.keys(b.options ?? {})]);
  for (const name of names) {
    if (irrelevantOptions.has(name)) continue;
    const [from, to] = [a, b].map(({ options }) => JSON.stringify(options?.[name]));
    const [asked, instead] = name === "stages" ? [a, b].map(({ options }) => stagesText(options)) : [from, to];
    if (from !== to)
      reasons.push(
        `${runs} differ in ${name === "stages" ? "rate" : name}: ${asked ?? "not set"} and ${instead ?? "not set"} (--allow options compares them all the same)`,
      );
  }
  return reasons;
}

function unlikeMachines({ environment: a }: Result, { environment: b }: Result, runs: string): string[] {
  const hint = "(--allow machine compares them all the same)";
  const reasons: string[] = [];
  if (a.cpus !== b.cpus) reasons.push(`${runs} come from machines with ${a.cpus} and ${b.cpus} cores ${hint}`);
  if (a.cpuModel !== b.cpuModel) {
    reasons.push(
      `${runs} come from different processors, ${a.cpuModel ?? "unknown"} and ${b.cpuModel ?? "unknown"} ${hint}`,
    );
  }
  if (Math.abs(a.memoryBytes - b.memoryBytes) > MEMORY_TOLERANCE * Math.max(a.memoryBytes, b.memoryBytes)) {
    reasons.push(
      `${runs} come from machines with ${formatBytes(a.memoryBytes)} and ${formatBytes(b.memoryBytes)} of memory ${hint}`,
    );
  }
  return reasons;
}
