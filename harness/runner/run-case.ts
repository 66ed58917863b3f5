import { hideInCase } from "../accounts/index.ts";
import { awakeTimeout } from "../awake-timeout.ts";
import { describeError } from "../errors.ts";
import type { CaseResult, CaseStatus } from "../result/index.ts";
import type { ConformanceCase, Level } from "./case.ts";
import { CaseContext, type CaseSurroundings } from "./case-context.ts";
import type { CrowdWatch } from "./crowd-watch.ts";
import { CouldNotRun, isCaseEnd, type RuleFailure } from "./failure.ts";
import type { LoopWatch } from "./loop-watch.ts";
import type { Recording } from "./recording.ts";

/** Longest time for a case that waits for no timer of the target, in milliseconds. */
const CASE_DEADLINE_MS = 30_000;
/** Longest time for a case that takes long. */
const LONG_CASE_DEADLINE_MS = 90_000;
/** What a case about a timer gets on top of the time that it waits. */
const BESIDE_THE_WAIT_MS = 15_000;
/** A delay of our own that makes a verdict on a timer worthless, in milliseconds. */
const TIMER_BLUR_MS = 400;
/** A delay of our own that makes "nothing came in time" worthless, in milliseconds. */
const ANSWER_BLUR_MS = 1_500;
/** Pauses of our own that together make "nothing came in time" worthless: deadlines are put off for so long at least. */
const PAUSES_MS = 4_000;

/** How a run judges its cases. */
export interface CaseJudgement {
  /** Broken rules of this level and above fail, lower ones warn. */
  readonly failLevel: Level;
  readonly watch: Pick<LoopWatch, "longestSince" | "stoodStillSince">;
  readonly crowd: Pick<CrowdWatch, "since">;
  /** Keeps the frames of cases that passed, too. */
  readonly keepAllTraces: boolean;
  /** The command line that repeats one case. */
  repeat(caseId: string): string;
  /** Takes what the connections of a case did that did not pass. */
  keep(caseId: string, recording: Recording): void;
  /** Raised when the run is interrupted, or given up. */
  readonly signal: AbortSignal;
  /** Why the run is given up, when that is what ended it. */
  givenUp(): string | undefined;
}

/** How reasons begin that speak of the machine that the suite runs on, and not of the target. */
const OF_THIS_MACHINE = "this machine was too";

/** Whether a case could not run only because this machine was too slow or too busy: the next time it may. */
export function isOfThisMachine({ reason }: Pick<CaseResult, "reason">): boolean {
  return reason?.startsWith(OF_THIS_MACHINE) === true;
}

const strength: Readonly<Record<Level, number>> = { may: 0, should: 1, must: 2 };

/** The parts of a result that its case alone tells. */
export function blankResult(one: ConformanceCase, status: CaseStatus, reason?: string): CaseResult {
  const capability = one.capabilities.at(-1);
  return {
    id: one.id,
    rule: one.rule.id,
    ...(one.variant && { axes: { ...one.variant.values } }),
    title: one.title,
    level: one.level,
    status,
    durationMs: 0,
    ...(reason !== undefined && { reason }),
    trace: [],
    ruleText: one.rule.text,
    steps: [...one.steps],
    ...(capability !== undefined && { capability }),
  };
}

/** Runs one case to its end and judges it. Never throws. */
export async function runCase(
  one: ConformanceCase,
  around: CaseSurroundings,
  judgement: CaseJudgement,
): Promise<CaseResult> {
  const begun = performance.now();
  const over = new AbortController();
  const deadlineMs = caseDeadline(one, around);
  const clearDeadline = awakeTimeout(() => over.abort(new DeadlinePassed(deadlineMs)), deadlineMs);
  const giveUp = (): void => over.abort(judgement.signal.reason);
  judgement.signal.addEventListener("abort", giveUp, { once: true });
  const context = new CaseContext(one.id, around, over.signal, one.variant?.values["transport"]);
  context.onFlood = (why) => over.abort(new CouldNotRun(why));
  let error: unknown;
  try {
    judgement.signal.throwIfAborted();
    await one.run(context);
  } catch (caught) {
    error = caught;
  }
  clearDeadline();
  judgement.signal.removeEventListener("abort", giveUp);
  // Connections describe themselves before the suite closes them: how the target left them is what matters.
  const connections = context.peers.map((peer) => peer.describe());
  context.recorder.end();
  over.abort(new CouldNotRun("the case is over"));

  around.census?.noteEnd(one.id, isLate(error));
  const { watch, crowd } = judgement;
  const lateness = {
    blurMs: watch.longestSince(begun),
    pausesMs: watch.stoodStillSince(begun),
    crowd: crowd.since(begun),
  };
  const result: CaseResult = {
    ...blankResult(one, "passed"),
    ...judge(one, error, context, lateness, judgement),
    durationMs: Math.round(performance.now() - begun),
    repeat: judgement.repeat(one.id),
  };
  if (context.remarks.length > 0) result.remarks = context.remarks;
  if (context.steps) result.steps = [...context.steps];
  if (context.attempts) result.attempts = context.attempts;
  if (result.status !== "passed" || judgement.keepAllTraces) {
    result.trace = context.trace.read();
    result.connections = connections;
    markLastReceived(result);
    judgement.keep(one.id, context.recorder.read(obstacleToFrames(one)));
  }
  await context.leave();
  return hideInCase(result, around.accounts.secrets);
}

/** Whether a case ended because something did not come in time, be it what its rule is about or what it needed first. */
function isLate(error: unknown): boolean {
  const end = isCaseEnd(error, "could-not-run") ? error.cause : error;
  return isCaseEnd(end, "rule-broken") && end.isLate;
}

/** What a case does besides exchanging frames, so that its frames alone do not make it happen again. */
function obstacleToFrames({ needs }: ConformanceCase): string | undefined {
  if (needs.includes("restart")) return "it restarts the target";
  if (needs.includes("http")) return "it talks to the HTTP API";
  return undefined;
}

class DeadlinePassed extends CouldNotRun {
  constructor(deadlineMs: number) {
    super(`the case took longer than ${deadlineMs} ms; if the target is slow, --timeout-scale gives it more time`);
  }
}

function caseDeadline(one: ConformanceCase, around: CaseSurroundings): number {
  const scaled = one.waits ? BESIDE_THE_WAIT_MS : one.isLong ? LONG_CASE_DEADLINE_MS : CASE_DEADLINE_MS;
  return Math.round((one.waits?.(around.timers) ?? 0) + scaled * around.timeoutScale);
}

/** What may have come late by the doing of this machine. */
interface OwnLateness {
  /** For how long the suite itself was held up. */
  readonly blurMs: number;
  /** For how long it stood still, all together. */
  readonly pausesMs: number;
  /** Who wanted its processors. */
  readonly crowd: string | undefined;
}

type Judged = Pick<CaseResult, "status"> & Partial<CaseResult>;

function judge(
  one: ConformanceCase,
  error: unknown,
  context: CaseContext,
  { blurMs, pausesMs, crowd }: OwnLateness,
  { failLevel, signal, givenUp }: CaseJudgement,
): Judged {
  if (error === undefined) {
    return context.warning === undefined ? { status: "passed" } : { status: "warned", reason: context.warning };
  }
  // Whatever ended the case then may be our own doing: a server that we started hears the same Ctrl-C.
  if (signal.aborted) {
    const reason = givenUp();
    if (reason !== undefined) return { status: "couldNotRun", reason };
    return { status: "interrupted", reason: "the run was interrupted" };
  }
  if (isCaseEnd(error, "rule-broken")) {
    const blurred = one.waits ? TIMER_BLUR_MS : ANSWER_BLUR_MS;
    if (blurMs > blurred) return couldNotTell(`the suite itself was held up for ${Math.round(blurMs)} ms`, error);
    if (pausesMs >= PAUSES_MS && error.isLate) return couldNotTell(stoodStill(pausesMs), error);
    if (crowd !== undefined && (one.waits || error.isLate)) return couldNotTell(crowd, error);
    const late = one.waits ? undefined : context.peers.find((peer) => peer.wasTooLate(context.around.timers));
    if (late) {
      const reason = `${OF_THIS_MACHINE} slow for the target's timers: ${late.name} was closed when one had run out`;
      return { status: "couldNotRun", reason: `${reason} (${error.message})` };
    }
    const counts = strength[one.level] >= strength[failLevel] && !one.onProbation;
    return { status: counts ? "failed" : "warned", reason: error.message, ...explain(error) };
  }
  if (isCaseEnd(error, "could-not-run")) {
    const { cause } = error;
    if (pausesMs >= PAUSES_MS && error instanceof DeadlinePassed) return couldNotTell(stoodStill(pausesMs), error);
    if (!isCaseEnd(cause, "rule-broken")) return { status: "couldNotRun", reason: error.message };
    const lack = cause.lack === undefined ? {} : { lack: cause.lack };
    return { status: "couldNotRun", reason: error.message, ...explain(cause), ...lack };
  }
  if (isCaseEnd(error, "not-applicable")) return { status: "notApplicable", reason: error.message };
  const what = isCaseEnd(error, "own-frame-wrong") ? error.message : describeError(error);
  return { status: "errored", reason: `the suite's own fault: ${what}` };
}

function couldNotTell(why: string, error: Error): Judged {
  return { status: "couldNotRun", reason: `${OF_THIS_MACHINE} busy to tell: ${why} (${error.message})` };
}

function stoodStill(pausesMs: number): string {
  return `the suite itself stood still again and again, for ${Math.round(pausesMs)} ms together`;
}

function explain(failure: RuleFailure): Pick<CaseResult, "expected" | "actual"> & Partial<CaseResult> {
  const legal = failure.legal.map(({ outcome, verdict, remark }) => {
    const earns = verdict === "warn" ? " (legal, but warned of)" : "";
    return remark === undefined ? `${outcome}${earns}` : `${outcome}${earns}: ${remark}`;
  });
  const expected = failure.legal.map((one) => one.outcome).join(", or ");
  return { expected, actual: failure.actual, ...(legal.length > 1 && { legalOutcomes: legal }) };
}

/** Marks the newest frame that came: where to begin to read. */
function markLastReceived(result: CaseResult): void {
  if (result.status !== "failed" && result.status !== "warned") return;
  if (result.trace.some((entry) => entry.highlight)) return;
  const last = result.trace.findLast((entry) => entry.direction === "received");
  if (last) last.highlight = true;
}
