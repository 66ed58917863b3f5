import type { CaseResult } from "../../harness/result/index.ts";
import { type ConformanceCase, templateOf } from "../../harness/runner/index.ts";
import { RULE_SET_VERSION, type Rule } from "../../scenarios/rules/index.ts";
import type { Mutant } from "../../server-ref/index.ts";

/** How the reference server's code speaks of a rule: a mark that a run passed, or its id in a comment. */
export type Enforcement = "exercised" | "named" | "none";

/** What is known of one rule. */
export interface RuleCoverage {
  readonly rule: string;
  readonly level: string;
  readonly capability?: string;
  /** Case id, how many variants of it ran, and what they came to: the first status that is no pass, if there is one. */
  readonly cases: readonly { readonly id: string; readonly status: string; readonly variants?: number }[];
  readonly enforcement: Enforcement;
  /** Mutants of the reference server that break the rule; the kill matrix proves that its cases see them. */
  readonly mutants: readonly string[];
  /** Why there is no case. */
  readonly reason?: string;
}

/** The coverage file. */
export interface Coverage {
  readonly ruleSet: string;
  readonly rules: readonly RuleCoverage[];
}

/** What a real run tells about the rules. */
export interface Evidence {
  readonly cases: readonly ConformanceCase[];
  readonly results: readonly Pick<CaseResult, "id" | "status">[];
  /** Rules whose mark the run passed. */
  readonly marks: ReadonlySet<string>;
  /** Rules that the server's source names. */
  readonly named: ReadonlySet<string>;
  readonly mutants: readonly Mutant[];
}

/** The cases of a rule without regard to variants, each with those that run. */
function templatesOf(cases: readonly ConformanceCase[], rule: string): [string, ConformanceCase[]][] {
  const own = cases.filter((one) => one.rule.id === rule);
  return [...Map.groupBy(own, ({ id }) => templateOf(id))];
}

/** The cases that passed in a recorded run with as many variants as there are now. */
export function passedBefore(recorded: Coverage, cases: readonly ConformanceCase[]): ConformanceCase[] {
  const variants = Map.groupBy(cases, ({ id }) => templateOf(id));
  const all = recorded.rules.flatMap((rule) => rule.cases);
  const passed = all.filter((one) => one.status === "passed" && variants.get(one.id)?.length === (one.variants ?? 1));
  return passed.flatMap(({ id }) => variants.get(id) ?? []);
}

/** Puts the evidence together, rule by rule. */
export function coverageOf(rules: readonly Rule[], evidence: Evidence): Coverage {
  const status = new Map(evidence.results.map((one) => [one.id, one.status]));
  return {
    ruleSet: RULE_SET_VERSION,
    rules: rules.map((rule) => ({
      rule: rule.id,
      level: rule.level,
      ...(rule.capability !== undefined && { capability: rule.capability }),
      cases: templatesOf(evidence.cases, rule.id).map(([id, variants]) => ({
        id,
        status: variants.map((one) => status.get(one.id) ?? "not run").find((one) => one !== "passed") ?? "passed",
        ...(variants.length > 1 && { variants: variants.length }),
      })),
      enforcement: evidence.marks.has(rule.id) ? "exercised" : evidence.named.has(rule.id) ? "named" : "none",
      mutants: evidence.mutants.filter((mutant) => mutant.breaks.includes(rule.id)).map(({ name }) => name),
      ...(rule.unobservable !== undefined && { reason: rule.unobservable }),
    })),
  };
}

/** What is wrong with a coverage file, one sentence each: gaps, and whatever is older than the sources. */
export function faultsOf(
  coverage: Coverage,
  rules: readonly Rule[],
  cases: readonly ConformanceCase[],
  mutants: readonly Mutant[],
): string[] {
  const faults: string[] = [];
  if (coverage.ruleSet !== RULE_SET_VERSION) {
    faults.push(`the coverage file is of rule set ${coverage.ruleSet}, and the rules are ${RULE_SET_VERSION}`);
  }
  const known = new Map(coverage.rules.map((one) => [one.rule, one]));
  for (const rule of rules) {
    const own = templatesOf(cases, rule.id).map(([id]) => id);
    if (own.length === 0 && rule.unobservable === undefined) {
      faults.push(`${rule.id} has neither a case nor a reason why there is none`);
    }
    if (own.length > 0 && rule.unobservable !== undefined) {
      faults.push(`${rule.id} has a case, and a reason why there is none`);
    }
    const entry = known.get(rule.id);
    const recorded = entry?.cases.map(({ id }) => id) ?? [];
    if (recorded.join() !== own.join()) faults.push(`the coverage file is older than the cases of ${rule.id}`);
    const breaking = mutants.filter((mutant) => mutant.breaks.includes(rule.id)).map(({ name }) => name);
    if ((entry?.mutants ?? []).join() !== breaking.join()) {
      faults.push(`the coverage file is older than the mutants of ${rule.id}`);
    }
    for (const { id, status } of entry?.cases ?? []) {
      if (!["passed", "notApplicable", "warned"].includes(status)) faults.push(`${id} ${status} in the recorded run`);
    }
  }
  for (const { rule } of coverage.rules) {
    if (!rules.some(({ id }) => id === rule)) faults.push(`the coverage file speaks of ${rule}, which is no rule`);
  }
  return faults;
}

/** The page for people. */
export function coveragePage(coverage: Coverage): string {
  const { rules } = coverage;
  const must = rules.filter((one) => one.level === "must" && one.reason === undefined);
  const withMutant = must.filter((one) => one.mutants.length > 0).length;
  const lines = [
    "# Coverage of the rules",
    "",
    "Made by a run of the suite against the reference server: `npm run coverage`. Do not edit.",
    "",
    `Rule set ${coverage.ruleSet}: ${rules.length} rules, of which ${rules.filter((one) => one.reason).length} cannot be` +
      ` seen from outside (the reason stands with each). The other ${rules.filter((one) => !one.reason).length} have` +
      ` ${rules.reduce((sum, one) => sum + one.cases.length, 0)} cases. ${withMutant} of ${must.length} observable MUST` +
      " rules have a mutant of the reference server that breaks them.",
    "",
    "Server: *exercised* means that the run passed the rule's mark in the reference server, *named* that its source",
    "names the rule: where it is enforced on a hot path, or where only tests with other options than the run's get to",
    "(a store that fails, a limit that is set low).",
    "",
  ];
  for (const [section, own] of Map.groupBy(rules, (one) => one.rule.replace(/-\d+$/, ""))) {
    lines.push(`## ${section}`, "", "| rule | level | cases | server | mutants |", "|---|---|---|---|---|");
    for (const one of own) {
      const cases = one.reason ?? one.cases.map(describeCase).join("<br>");
      const server = one.enforcement === "none" ? "" : one.enforcement;
      lines.push(`| ${one.rule} | ${one.level} | ${cases} | ${server} | ${one.mutants.join("<br>")} |`);
    }
    lines.push("");
  }
  return lines.join("\n");
}

function describeCase({ id, status, variants }: RuleCoverage["cases"][number]): string {
  const name = `${id.slice(id.indexOf("/") + 1)}${variants === undefined ? "" : ` ×${variants}`}`;
  return status === "passed" ? name : `${name} (${status})`;
}
