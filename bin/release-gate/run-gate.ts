import { join } from "node:path";
import { CuppingError, exitCodeOfError } from "../../harness/errors.ts";
import { exitCodeOf, type Result, readResult, worstVerdict } from "../../harness/result/index.ts";
import {
  addToJobSummary,
  asIs,
  comparisonMarkdown,
  comparisonPage,
  gateWords,
  inARow,
  type Outcome,
  outcomeOf,
  type Phrase,
  parseReportFormats,
  parseTolerances,
  type ReportFormat,
  type Whole,
  wholeWords,
  worstOutcome,
  writeReports,
} from "../../reports/index.ts";
import { reportFormats } from "../config/command-words.ts";
import type { CuppingConfig } from "../config/index.ts";
import { configNames, type LoadedConfig, loadConfig } from "../config/load-config.ts";
import { type GateArguments, gateOptions, overrideRows } from "../options/gate.ts";
import { argumentsFor } from "../options/row.ts";
import { catchInterrupt, INTERRUPTED } from "../run/interrupt.ts";
import { languageOf } from "../run/language.ts";
import { takeResultFolder } from "../run/occupied.ts";
import { outletFor, writeText } from "../run/output.ts";
import { requireWritable } from "../run/written-paths.ts";
import { changesOf, figuresOf, gateText } from "./gate-text.ts";
import { runStep, type StepEnd } from "./run-step.ts";
import { type GateStep, judgeStep, readBaseline, type StepOutcome, stepsOf, storeBaseline } from "./steps.ts";

/** How long the gate may take to end, in milliseconds: a little longer than the step that it runs at the time. */
const GRACE_MS = 4_200;

/** Runs what the configuration names, prints a short table and returns the exit code. */
export async function runGate(args: GateArguments): Promise<number> {
  const { config, file } = withArguments(await findConfig(args), args);
  const steps = chosenSteps(config, args.only, file);
  const formats = parseReportFormats(args.report ?? (reportFormats(config) || "html"));
  const baseline = args.baseline ?? config.baseline;
  if (args.updateBaseline && baseline === undefined) {
    throw new CuppingError("usage", `--update-baseline needs a folder: --baseline DIR, or "baseline" in ${file}`);
  }
  for (const step of steps) requireTarget(step, file);
  await requireWritable(gateOptions.rows, { ...args, baseline });
  const interrupt = catchInterrupt({ graceMs: GRACE_MS });
  const { signal } = interrupt;
  try {
    const refused = await checkAll(steps, { args, baseline, signal });
    if (refused !== undefined || args.dryRun) return refused ?? 0;
    const { path: out, discard } = await takeResultFolder(args.out, "gate");
    const plan = { steps, baseline, formats, signal, out };
    try {
      return await runSteps(plan, args);
    } finally {
      await discard();
    }
  } finally {
    interrupt.release();
  }
}

/** A gate that tests whatever is the default would say yes to a server that nobody has tried. */
function requireTarget({ name, words }: GateStep, file: string): void {
  if (words.includes("--target")) return;
  throw new CuppingError(
    "usage",
    `${file} names no target for ${name}: add target: "tcp://HOST:PORT", or "ref" for the reference server`,
  );
}

/**
 * Checks everything that can be wrong in the configuration before the first step is run.
 * @returns the exit code when something is wrong, which is told by then
 */
async function checkAll(
  steps: readonly GateStep[],
  { args, baseline, signal }: { args: GateArguments; baseline: string | undefined; signal: AbortSignal },
): Promise<number | undefined> {
  for (const step of steps) {
    parseTolerances(step.tolerance);
    if (baseline !== undefined && !args.updateBaseline) await readBaseline(baseline, step.name);
    const { code } = await runStep([...step.words, "--dry-run", "--no-config"], { quiet: true, signal });
    if (code === 0) continue;
    const why = code === exitCodeOfError.usage ? `the options of ${step.name} are wrong` : `${step.name} cannot be run`;
    if (code !== INTERRUPTED) process.stderr.write(`nothing was run: ${why}\n`);
    return code;
  }
  return undefined;
}

/** What is to be run and where it goes. */
interface Plan {
  steps: readonly GateStep[];
  baseline: string | undefined;
  formats: readonly ReportFormat[];
  out: string;
  signal: AbortSignal;
}

async function runSteps(plan: Plan, args: GateArguments): Promise<number> {
  const { steps, baseline, formats, out, signal } = plan;
  const outlet = outletFor(args);
  const say = (phrase: Phrase): void => outlet.say(phrase[outlet.language]);
  const outcomes: StepOutcome[] = [];
  /** A step that left no result: an unreachable target, say. What was measured before it is told. */
  let obstacle: Obstacle | undefined;
  for (const step of steps) {
    const dirs = Array.from({ length: step.repeat }, (_, index) => runDir(out, step, index));
    const results: Result[] = [];
    for (const dir of dirs) {
      const run = await measure(step, dir, { args, signal });
      if (!("judged" in run)) results.push(run);
      else if (run.code !== INTERRUPTED) obstacle = { step, ...run };
      if (signal.aborted || obstacle !== undefined) break;
    }
    const isCut = signal.aborted || obstacle !== undefined;
    if (results.length > 0) {
      const compareWith = args.updateBaseline || isCut ? undefined : baseline;
      const outcome = await judgeStep(step, results, { baseline: compareWith, allowed: new Set(args.allow) });
      outcomes.push(outcome);
      if (args.updateBaseline && baseline !== undefined && !isCut) say(await updateBaseline(baseline, outcome, dirs));
    }
    if (isCut) break;
  }
  if (outcomes.length === 0) {
    if (obstacle !== undefined) return obstacle.code;
    process.stderr.write("interrupted before anything was measured\n");
    return INTERRUPTED;
  }
  const verdict = worstVerdict(outcomes.map((outcome) => outcome.verdict));
  const isCut = signal.aborted || obstacle !== undefined;
  const answer = verdict === "pass" && isCut ? "invalid" : verdict;
  const outcome = answer !== "fail" && signal.aborted ? "interrupted" : answer;
  if (!args.quiet) {
    const missing =
      baseline === undefined || args.updateBaseline || isCut
        ? []
        : outcomes.filter(({ comparison }) => comparison === undefined);
    for (const { step } of missing) {
      say(gateWords.noBaseline(step.name, baseline ?? ""));
    }
    outlet.say(
      `\n${gateText(outcomes, outcome, { language: outlet.language, notRun: stepsWithout(outcomes, steps, obstacle) })}\n`,
    );
  }
  if (args.json) process.stdout.write(`${JSON.stringify({ verdict: answer, steps: outcomes.map(brief) })}\n`);
  const files = await report(out, outcomes, { formats, whole: wholeOf(outcomes, { outcome, steps, obstacle }) });
  if (!args.quiet) outlet.say(files.join("\n"));
  if (signal.aborted) return INTERRUPTED;
  // What has been proven stays so, whatever a later step could not do.
  return answer === "fail" ? exitCodeOf(answer) : (obstacle?.code ?? exitCodeOf(answer));
}

/** A step that ended without a result. */
interface Obstacle extends StepEnd {
  readonly step: GateStep;
}

/** The steps that have no result, and why. */
function stepsWithout(
  outcomes: readonly StepOutcome[],
  steps: readonly GateStep[],
  obstacle: Obstacle | undefined,
): { name: string; why: string }[] {
  return steps
    .filter((step) => outcomes.every((outcome) => outcome.step !== step))
    .map((step) => ({ name: step.name, why: whyWithout(step, obstacle) ?? "" }));
}

function whyWithout(step: GateStep, obstacle: Obstacle | undefined): string | undefined {
  return step === obstacle?.step ? (obstacle.why ?? wholeWords.endedWithout(obstacle.code).en) : undefined;
}

/** Stores the results of a step as its baseline if they are worth comparing with. @returns what was done, as a line */
async function updateBaseline(baseline: string, outcome: StepOutcome, dirs: readonly string[]): Promise<Phrase> {
  const { step, verdict } = outcome;
  if (verdict !== "pass") return gateWords.notStored(step.name, baseline, verdict);
  await storeBaseline(baseline, outcome, dirs);
  return gateWords.stored(step.name, baseline);
}

/** The gate's answer for every report: it may differ from that of every single result. */
function wholeOf(
  outcomes: readonly StepOutcome[],
  { outcome, steps, obstacle }: { outcome: Outcome; steps: readonly GateStep[]; obstacle: Obstacle | undefined },
): Whole {
  const passed = outcomes.filter(({ verdict }) => verdict === "pass").length;
  return {
    subject: wholeWords.gate,
    outcome,
    sentence: inARow([
      ...(outcome === "interrupted"
        ? [wholeWords.gateInterrupted]
        : obstacle !== undefined
          ? [wholeWords.endedWithout(obstacle.code)]
          : []),
      wholeWords.stepsPassed(passed, steps.length),
    ]),
    parts: steps.flatMap((step) => partsOf(step, outcomes, obstacle)),
  };
}

/** A step, and beside it its comparison with the baseline, as rows of every report. */
function partsOf(step: GateStep, outcomes: readonly StepOutcome[], obstacle: Obstacle | undefined): Whole["parts"] {
  const place = outcomes.findIndex((outcome) => outcome.step === step);
  const outcome = outcomes[place];
  const last = outcome?.results.at(-1);
  if (outcome === undefined || last === undefined) {
    const why = whyWithout(step, obstacle);
    const reasons = why === undefined ? [] : [why];
    return [{ name: asIs(step.name), outcome: undefined, detail: asIs(""), reasons, isResult: true }];
  }
  const { comparison } = outcome;
  const own = {
    name: asIs(step.name),
    outcome: worstOutcome(outcome.results.map(outcomeOf)),
    detail: figuresOf(last),
    reasons: [...new Set(outcome.results.flatMap(({ reasons }) => reasons))],
    href: `#result-${place + 1}`,
    isResult: true,
  };
  if (comparison === undefined) return [own];
  return [
    own,
    {
      name: gateWords.ofStepAgainstBaseline(step.name),
      outcome: comparison.verdict,
      detail: changesOf(comparison),
      reasons: comparison.reasons,
      href: `${step.name}/comparison.html`,
      isResult: false,
    },
  ];
}

/**
 * Runs a step once, and again while its measurement is not valid and repeats are left.
 *
 * @returns the result, or how a step ended without one: bad usage, an unreachable target, Ctrl-C …
 */
async function measure(
  step: GateStep,
  dir: string,
  { args, signal }: { args: GateArguments; signal: AbortSignal },
): Promise<Result | StepEnd> {
  let earlier: Result | undefined;
  for (let repeats = args.repeatInvalid; ; repeats -= 1) {
    const begun = Date.now();
    const end = await runStep([...step.words, "--out", dir, "--lang", languageOf(args.lang), "--no-config"], {
      quiet: args.quiet,
      json: args.json,
      signal,
    });
    // Whatever it had written by then was measured, be it a part or all; what a gate before this one left was not.
    if (end.code === INTERRUPTED) {
      const written = await readResult(dir).catch(() => undefined);
      const isOurs = written !== undefined && Date.parse(written.run.startedAt) >= begun;
      return (isOurs ? written : earlier) ?? end;
    }
    if (!end.judged) return end;
    const result = await readResult(dir);
    if (result.verdict !== "invalid" || repeats <= 0 || signal.aborted) return result;
    earlier = result;
    if (!args.quiet)
      process.stderr.write(`${step.name} gave no valid measurement, so it is repeated: ${result.reasons[0] ?? ""}\n`);
  }
}

async function findConfig({ config }: GateArguments): Promise<LoadedConfig> {
  // With --no-config the parser makes it false.
  const loaded = (config as string | false | undefined) === false ? undefined : await loadConfig(config);
  if (loaded !== undefined) return loaded;
  throw new CuppingError(
    "usage",
    `gate needs a configuration: ${configNames.join(", ")}, or --config FILE; cupping init writes one`,
  );
}

/** What the command line says wins over the top of the file, and over its sections. */
function withArguments({ config, ...loaded }: LoadedConfig, args: GateArguments): LoadedConfig {
  const given = argumentsFor(overrideRows, args);
  const conformance = typeof config.conformance === "object" ? { ...config.conformance, ...given } : config.conformance;
  const loads = Object.fromEntries(
    Object.entries(config.loads ?? {}).map(([name, load]) => [name, { ...load, ...given }]),
  );
  return { ...loaded, config: { ...config, ...given, loads, ...(conformance === undefined ? {} : { conformance }) } };
}

function chosenSteps(config: CuppingConfig, only: string | undefined, file: string): GateStep[] {
  const steps = stepsOf(config);
  if (steps.length === 0)
    throw new CuppingError("usage", `${file} names nothing to run: neither conformance nor loads`);
  if (only === undefined) return steps;
  const names = only.split(",").map((name) => name.trim());
  const unknown = names.find((name) => steps.every((step) => step.name !== name));
  if (unknown !== undefined) {
    throw new CuppingError(
      "usage",
      `--only "${unknown}" is not in ${file}, which has ${steps.map(({ name }) => name).join(", ")}`,
    );
  }
  return steps.filter(({ name }) => names.includes(name));
}

function runDir(out: string, step: GateStep, index: number): string {
  return step.repeat === 1 ? join(out, step.name) : join(out, step.name, String(index + 1));
}

/** One report of the last run of each step, and a page for each comparison. */
async function report(
  out: string,
  outcomes: readonly StepOutcome[],
  { formats, whole }: { readonly formats: readonly ReportFormat[]; readonly whole: Whole },
): Promise<string[]> {
  const results = outcomes.flatMap((outcome) => outcome.results.at(-1) ?? []);
  const written = (await writeReports(out, results, formats, { whole })).map(({ path }) => path);
  for (const { step, comparison } of outcomes) {
    if (comparison === undefined) continue;
    written.push(await writeText(join(out, step.name), "comparison.html", comparisonPage([comparison])));
    if (formats.includes("github")) await addToJobSummary(comparisonMarkdown([comparison]));
  }
  return written;
}

function brief({ step, verdict, results, comparison }: StepOutcome): unknown {
  return {
    name: step.name,
    verdict,
    runs: results.map(({ run, verdict: ofRun, reasons }) => ({ id: run.id, verdict: ofRun, reasons })),
    ...(comparison === undefined ? {} : { baseline: { verdict: comparison.verdict, reasons: comparison.reasons } }),
  };
}
