import { setTimeout } from "node:timers/promises";
import type { CaseResult } from "../../harness/result/index.ts";
import type { ConformanceCase } from "../../harness/runner/index.ts";
import { type Judgement, judge, judgingCases } from "./judge.ts";
import { startMutatedServer, switches } from "./mutated-server.ts";

/** What `run.ts` asks for. */
export interface MutantOrder {
  readonly id: string;
  /** Ids of the cases that may kill it, the likeliest first. */
  readonly cases: readonly string[];
  readonly seed: number;
}

/** What became of a mutant. */
export interface MutantOutcome {
  /**
   * `killed` by a case; `hindered`: cases could not run, and could not by themselves either, so that no run passes;
   * `crashed`: the server's process broke while the cases ran; `timeout`: it came to no end; `unstartable`: no server
   * came up, so that no suite is needed to notice.
   */
  readonly outcome: "killed" | "hindered" | "crashed" | "timeout" | "unstartable" | "survived";
  /** The case that killed it or could not run, and what it said. */
  readonly killer?: { readonly case: string; readonly rule: string; readonly reason: string };
  /** Cases that came to no result, e.g. because their set-up failed. */
  readonly undecided?: number;
  /** Milliseconds. */
  readonly durationMs: number;
}

/** Cases at a time: they mostly wait. */
const JOBS = 12;
/** Far more often than any place runs in a whole suite: an endless loop ends here. */
const MOST_HITS = 5_000_000;

/** How long a server that a case has found something in may take to end, in milliseconds: a mutant may keep it from it. */
const LONGEST_STOP_MS = 20_000;

/** Cases that could not run and are run again. */
const SEEN_AGAIN = 4;
/** How the runner says that nothing was wrong but this machine. */
const TOO_BUSY = "this machine was too busy";

/** Runs cases against a fresh server of the active mutant. @returns undefined when none comes up */
async function judgeOnFreshServer(cases: readonly ConformanceCase[], seed: number): Promise<Judgement | undefined> {
  switches().hitCount = 0;
  const server = await startMutatedServer(seed).catch(() => undefined);
  if (server === undefined) return undefined;
  const judgement = await judge(cases, server.around, JOBS);
  const stopped = server.stop().catch(() => {});
  await (judgement.killer ? Promise.race([stopped, setTimeout(LONGEST_STOP_MS)]) : stopped);
  return judgement;
}

function tell({ id, rule, reason = "" }: CaseResult): NonNullable<MutantOutcome["killer"]> {
  return { case: id, rule, reason };
}

/** Whether a case that cannot run against the mutant runs without it: else this machine is to blame. */
async function runsWithoutMutant(one: ConformanceCase, seed: number): Promise<boolean> {
  // What ran at the start of this process keeps its mutant, so that there is nothing to compare with.
  if (process.env["__STRYKER_ACTIVE_MUTANT__"] !== undefined) return true;
  const { activeMutant } = switches();
  switches().activeMutant = undefined;
  const judgement = await judgeOnFreshServer([one], seed);
  switches().activeMutant = activeMutant;
  return judgement?.judged === 1 && judgement.killer === undefined;
}

/** Runs some cases that could not run again, with nothing beside them: a busy machine may have kept them from it. */
async function seeAgain(
  undecided: readonly CaseResult[],
  byId: ReadonlyMap<string, ConformanceCase>,
  seed: number,
): Promise<Pick<MutantOutcome, "outcome" | "killer"> | undefined> {
  for (const { id } of undecided.slice(0, SEEN_AGAIN)) {
    const one = byId.get(id);
    const again = one && (await judgeOnFreshServer([one], seed));
    if (again?.killer) return { outcome: "killed", killer: tell(again.killer) };
    const hindered = again?.undecided.find(({ reason = "" }) => !reason.includes(TOO_BUSY));
    if (one && hindered && (await runsWithoutMutant(one, seed))) return { outcome: "hindered", killer: tell(hindered) };
  }
  return undefined;
}

async function meet({ id, cases, seed }: MutantOrder): Promise<MutantOutcome> {
  const begun = performance.now();
  const durationMs = (): number => Math.round(performance.now() - begun);
  Object.assign(switches(), { activeMutant: id, currentTestId: "any", hitLimit: MOST_HITS });
  const byId = new Map(judgingCases.map((one) => [one.id, one]));
  let chosen = cases.flatMap((name) => byId.get(name) ?? []);
  for (;;) {
    const judgement = await judgeOnFreshServer(chosen, seed);
    if (judgement === undefined) return { outcome: "unstartable", durationMs: durationMs() };
    const { killer, undecided } = judgement;
    if (killer === undefined) {
      const told = await seeAgain(undecided, byId, seed);
      return { outcome: "survived", ...told, undecided: undecided.length, durationMs: durationMs() };
    }
    // A busy machine may fail a case: only what fails by itself, too, has found something.
    const again = await judgeOnFreshServer(
      chosen.filter((one) => one.id === killer.id),
      seed,
    );
    if (again?.killer) return { outcome: "killed", killer: tell(killer), durationMs: durationMs() };
    chosen = chosen.filter((one) => one.id !== killer.id);
  }
}

function crash(): void {
  process.send?.({ outcome: "crashed", durationMs: 0 } satisfies MutantOutcome, () => process.exit(1));
}

process.on("uncaughtException", crash);
process.on("unhandledRejection", crash);
process.on("message", async (order: MutantOrder) => process.send?.(await meet(order)));
