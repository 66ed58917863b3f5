import type { ConformanceResult, LoadResult, Result } from "../../harness/result/index.ts";
import { targetName } from "../headline.ts";
import { counted } from "../numbers.ts";
import { type Allowed, hindrances } from "./comparable.ts";
import { casesNotRunAgain, compareCases } from "./compare-conformance.ts";
import { compareLoads } from "./compare-load.ts";
import type { ChangedCase, ComparedFigure, Comparison, Side } from "./comparison.ts";
import { percent } from "./percent.ts";
import { parseTolerances, type Tolerances } from "./tolerance.ts";
import { figureValue } from "./wording.ts";

/** How results are compared; without any, with the default tolerances and seed. */
export interface CompareOptions {
  tolerances?: Tolerances;
  /** Differences that the user declares to be no hindrance. */
  allowed?: ReadonlySet<Allowed>;
  /** Of the resampling; the same seed gives the same intervals. */
  seed?: number;
}

/** Fewer runs than this on a side say little about the drift from run to run. */
const ENOUGH_RUNS = 3;

/** Compares two sides, each one run or the same run repeated. */
export function compareResults(base: Side, candidate: Side, options: CompareOptions = {}): Comparison {
  const reasons = hindrances([...base.runs, ...candidate.runs], options.allowed);
  if (reasons.length > 0) {
    return { base, candidate, verdict: "invalid", reasons: reasons.map(sentence), figures: [], cases: [], remarks: [] };
  }
  const [first] = base.runs;
  const figures =
    first?.kind === "load"
      ? compareLoads(loads(base), loads(candidate), {
          tolerances: options.tolerances ?? parseTolerances([]),
          seed: options.seed ?? 1,
        })
      : [];
  const cases = first?.kind === "conformance" ? compareCases(suites(base), suites(candidate)) : [];
  const worse = [...figures, ...cases].filter(({ outcome }) => outcome === "worse");
  const suspect = worse.length > 0 ? [] : figures.filter(looksWorse);
  return {
    base,
    candidate,
    verdict: worse.length > 0 ? "fail" : suspect.length > 0 ? "invalid" : "pass",
    reasons: [...worse.map(reasonOf), ...suspect.map(suspicionOf)],
    figures,
    cases,
    remarks: first?.kind === "load" ? remarksOn(base, candidate, figures) : remarksOnSuites(base, candidate),
  };
}

/** Beyond the tolerance as measured, but too noisy to be sure: neither pass nor fail, the runs have to be repeated. */
function looksWorse({ outcome, change, tolerance, unit }: ComparedFigure): boolean {
  const worsening = unit === "perSecond" ? -(change ?? 0) : (change ?? 0);
  return outcome === "unsure" && worsening > tolerance;
}

function suspicionOf(figure: ComparedFigure): string {
  return `${figure.figure} went from ${figureValue(figure.base, figure.unit)} to ${figureValue(figure.candidate, figure.unit)}, but the runs are too noisy to be sure: repeat them, longer or more often.`;
}

/** A side made of results, named after what they tested. */
export function sideOf(runs: Result[]): Side {
  const [first] = runs;
  return { name: first === undefined ? "nothing" : targetName(first), runs };
}

const loads = ({ runs }: Side): LoadResult[] => runs.filter((run) => run.kind === "load");
const suites = ({ runs }: Side): ConformanceResult[] => runs.filter((run) => run.kind === "conformance");

function reasonOf(change: ComparedFigure | ChangedCase): string {
  if ("id" in change) return sentence(`${change.rule} was ${change.base} and is ${change.candidate}: ${change.title}`);
  const { figure, base, candidate, interval, tolerance } = change;
  if (interval === undefined) return sentence(`${figure} rose from ${base} to ${candidate}`);
  const [from, to] = [interval.low, interval.high].map((share) => percent(Math.abs(share)).slice(1)).sort(byNumber);
  const direction = interval.low > 0 ? "higher" : "lower";
  return sentence(
    `${figure} is ${from} to ${to} ${direction} than the base, and ${percent(tolerance).slice(1)} is tolerated`,
  );
}

const byNumber = (a: string, b: string): number => Number.parseFloat(a) - Number.parseFloat(b);

function remarksOn(base: Side, candidate: Side, figures: readonly ComparedFigure[]): string[] {
  const remarks: string[] = [];
  const fewest = Math.min(base.runs.length, candidate.runs.length);
  if (fewest < ENOUGH_RUNS) {
    remarks.push(
      `With ${counted(fewest, "run")} on a side the drift from run to run does not show; repeat each at least ${ENOUGH_RUNS} times to be sure of small changes.`,
    );
  }
  const unsure = figures.filter(({ outcome }) => outcome === "unsure").map(({ figure }) => figure);
  if (unsure.length > 0) remarks.push(`Too noisy to tell: ${unsure.join(", ")}.`);
  return remarks;
}

function remarksOnSuites(base: Side, candidate: Side): string[] {
  const left = casesNotRunAgain(suites(base), suites(candidate));
  return left === 0 ? [] : [`${counted(left, "case")} of the base ${left === 1 ? "was" : "were"} not run again.`];
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
