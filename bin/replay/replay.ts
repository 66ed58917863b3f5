import { dirname } from "node:path";
import { cimRegistry } from "../../codegen/index.ts";
import { Secrets } from "../../harness/accounts/index.ts";
import { requireDescriptors } from "../../harness/descriptors.ts";
import { CuppingError } from "../../harness/errors.ts";
import { type CaseResult, visible, visibleLines } from "../../harness/result/index.ts";
import { type ConformanceCase, EMPTY_LIST, runSuite } from "../../harness/runner/index.ts";
import { refuseStranger } from "../../harness/targets/index.ts";
import { failureText } from "../../reports/index.ts";
import { suiteGuard } from "../../scenarios/conformance/guard.ts";
import { everyVariant } from "../../scenarios/conformance/index.ts";
import { capabilities } from "../../scenarios/rules/index.ts";
import { type Capsule, readCapsule, recordedTarget } from "../conformance/capsule.ts";
import { type OpenRun, openRun, suiteDescriptors } from "../conformance/open-run.ts";
import { repeatCase } from "../conformance/repeat-case.ts";
import type { ConformanceArguments } from "../options/conformance.ts";
import type { ReplayArguments } from "../options/replay.ts";
import { INTERRUPTED } from "../run/interrupt.ts";
import { onTarget } from "../run/on-target.ts";
import { outletFor } from "../run/output.ts";
import { logFolder } from "../run/target.ts";
import { chooseAgainst } from "./against.ts";
import { type FramesPlayed, framesExitCode, framesStory, playFrames } from "./play-frames.ts";

/**
 * Plays a recorded failure back several times: the case again with the same seed, or its frames as they were. Says how
 * often it fails again, or what came in another way. @returns the exit code
 */
export async function replay(args: ReplayArguments): Promise<number> {
  const capsule = readCapsule(args.capsule);
  const one = everyVariant.find(({ id }) => id === capsule.case);
  if (!one)
    throw new CuppingError(
      "usage",
      `${args.capsule} is for the case ${capsule.case}, which this version does not have`,
    );
  const { args: whole, sentence } = chooseAgainst(args, capsule);
  requireDescriptors(suiteDescriptors({ quick: false }));
  const folder = dirname(args.capsule);
  const secrets = new Secrets();
  return onTarget({
    open: (signal) => {
      // Whoever reads the JSON alone reads it there.
      outletFor(args).say(sentence);
      return openRun(whole, { seed: capsule.seed, folder, secrets }, signal);
    },
    secrets,
    logs: logFolder(folder),
    work: async (run, signal) => {
      await refuseStranger(run.target.address, signal);
      const replayed = { args, whole, capsule, one, run, signal };
      return await (args.frames ? replayFrames(replayed) : replayCase(replayed));
    },
  });
}

/** A capsule that is played back, and on what. */
interface Replayed {
  readonly args: ReplayArguments;
  readonly whole: ConformanceArguments;
  readonly capsule: Capsule;
  readonly one: ConformanceCase;
  readonly run: OpenRun;
  readonly signal: AbortSignal;
}

async function replayFrames({ args, whole, capsule, one, run, signal }: Replayed): Promise<number> {
  const played: FramesPlayed[] = [];
  for (let time = 0; time < args.times && !signal.aborted; time++) {
    played.push(await playFrames(capsule, run, cimRegistry, signal));
  }
  if (args.json) process.stdout.write(`${JSON.stringify({ case: one.id, against: recordedTarget(whole), played })}\n`);
  else process.stdout.write(`${visibleLines(framesStory(capsule, played))}\n`);
  return signal.aborted ? INTERRUPTED : framesExitCode(played);
}

async function replayCase({ args, whole, capsule, one, run, signal }: Replayed): Promise<number> {
  const { address, http, control } = run.target;
  const { seed, timeoutScale } = capsule;
  const limits = new Map(Object.entries(capsule.limits ?? {}));
  const results: CaseResult[] = [];
  const aside = new Set<string>();
  let givenUp: string | undefined;
  // A target that serves nobody any more does not serve the next time either.
  for (let time = 0; time < args.times && !signal.aborted && givenUp === undefined; time++) {
    const suite = await runSuite({
      cases: [one],
      around: { registry: cimRegistry, ...run, address, http, control, limits, timeoutScale, seed },
      // Whoever replays a case wants it to run: everything is taken as claimed but the choices it must be without.
      claims: new Set(Object.keys(capabilities).filter((name) => !one.unless.includes(name))),
      jobs: 1,
      failLevel: "may",
      knownFailing: EMPTY_LIST,
      knownFlaky: EMPTY_LIST,
      allowIncomplete: false,
      keepAllTraces: true,
      // What a run says of a sick target is said again: a crash that was recorded is a crash.
      guard: suiteGuard,
      repeat: (id) => repeatCase(whole, seed, id),
      signal,
      progress: {},
    });
    results.push(...visible(suite.cases));
    ({ givenUp } = suite);
    // Something was wrong with the target that no case is guilty of.
    if (suite.verdict === "fail" && suite.summary.failed === 0) aside.add(suite.reasons[0] ?? "");
  }
  if (args.json)
    process.stdout.write(
      `${JSON.stringify({ case: one.id, against: recordedTarget(whole), recorded: capsule.recorded, results })}\n`,
    );
  else process.stdout.write(`${visibleLines(story(capsule, results, { times: args.times, aside }))}\n`);
  return signal.aborted ? INTERRUPTED : exitCode(results);
}

/** What came of it, in words: the newest failure, and how it compares with the recorded one. */
function story(
  capsule: Capsule,
  results: readonly CaseResult[],
  { times, aside }: { times: number; aside: ReadonlySet<string> },
): string {
  const failures = results.filter(({ status }) => status === "failed");
  const unclear = results.filter(
    ({ status }) => status !== "failed" && status !== "passed" && status !== "interrupted",
  );
  const ended = results.filter(({ status }) => status !== "interrupted");
  const how =
    ended.length > 0 ? `fails ${failures.length} of ${ended.length}` : "interrupted before it came to a result";
  const lines = [`${capsule.case}: ${how}`];
  const newest = failures.at(-1);
  if (newest) {
    const { expected, actual } = capsule.recorded;
    const same = newest.expected === expected && newest.actual === actual;
    lines.push(same ? "it fails just as recorded" : `it was recorded as: expected ${expected}; got ${actual}`);
    if (results.some(({ status }) => status === "passed")) lines.push("it does not fail each time: a race");
    lines.push("", failureText(newest));
  }
  const often = unclear.length === 1 ? "1 time" : `${unclear.length} times`;
  if (unclear.length > 0) lines.push("", `${often} it came to no result: ${unclear[0]?.reason ?? ""}`);
  for (const reason of aside) if (!unclear[0]?.reason?.startsWith(reason)) lines.push("", `beside the case: ${reason}`);
  const left = times - results.length;
  if (left > 0 && results.every(({ status }) => status !== "interrupted"))
    lines.push(`it was not played ${left} more time${left === 1 ? "" : "s"}, because the target serves nobody`);
  return lines.join("\n");
}

function exitCode(results: readonly CaseResult[]): number {
  if (results.some(({ status }) => status === "failed")) return 1;
  return results.every(({ status }) => status === "passed") ? 0 : 5;
}
