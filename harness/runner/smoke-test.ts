import { CuppingError } from "../errors.ts";
import type { CaseResult } from "../result/index.ts";
import { describeNobody, firstMend, recognizeStranger } from "../targets/index.ts";
import type { Canary } from "./canary.ts";
import type { ConformanceCase } from "./case.ts";
import type { CaseSurroundings } from "./case-context.ts";
import { failByRule } from "./fail-by-rule.ts";
import { FLOOD } from "./flood-watch.ts";
import type { SuiteGuard } from "./guard.ts";
import type { SuiteLedger } from "./ledger.ts";
import { recognizeWebSocket } from "./websocket-stranger.ts";

/** Longest wait for each answer of a stranger, in milliseconds. */
const STRANGER_PATIENCE_MS = 1_500;
/** Logins that are tried at the same time where the first was not served: several servers may share an address. */
const LOGINS_TRIED = 4;

/** What the smoke test needs of its run. */
export interface SmokeTest {
  readonly guard: SuiteGuard;
  readonly around: CaseSurroundings;
  readonly canary: Canary;
  readonly ledger: SuiteLedger;
  /** Raised when the run is interrupted. */
  readonly signal: AbortSignal;
  /** Runs a case to its end and settles it. */
  run(one: ConformanceCase): Promise<void>;
}

/**
 * Makes sure before the first case that the target serves anybody at all. One that logs nobody in is told what it is; then
 * only the cases run that say most about that, and the run is given up.
 * @returns whether it serves
 * @throws CuppingError `target` when something else than a server of this protocol listens there
 */
export async function passesSmokeTest(runnable: readonly ConformanceCase[], test: SmokeTest): Promise<boolean> {
  const { guard, around, canary, ledger } = test;
  let refusal = await canary.introduce();
  if (test.signal.aborted) return false;
  const served = refusal?.service === "log in" ? await canary.loginsServed(LOGINS_TRIED) : 0;
  const isDivided = served > 0 && served < LOGINS_TRIED;
  // Whoever could not be registered cannot be asked for more.
  const isKnown = refusal?.service !== "register";
  if (!isDivided && isKnown && (await canary.waitsForNextRequest())) {
    const sentence = "no answer comes by itself: the target sends each one only when the next request has come";
    ledger.giveUp(firstMend(sentence, guard.answered.id), true);
    failByRule(
      guard.answered,
      { expected: "each request is answered without another", sentence },
      { ledger, runnable },
    );
    return false;
  }
  if (test.signal.aborted) return false;
  // A target that ends a connection now and then may have met ours: whoever tries again is served.
  if (served === LOGINS_TRIED) refusal = await canary.introduce();
  if (test.signal.aborted) return false;
  // Whoever drowns in what nobody asked for was served: what that breaks is for the watch on floods to say.
  if (canary.unasked >= FLOOD) return true;
  if (refusal?.service === "register" || refusal?.service === "log in") {
    return await servesLater(runnable, { ...refusal, service: refusal.service, served }, test);
  }
  const patienceMs = STRANGER_PATIENCE_MS * around.timeoutScale;
  const overWebSocket = await recognizeWebSocket(around, runnable, guard, canary, {
    deadlineMs: patienceMs,
    signal: test.signal,
  });
  for (const result of overWebSocket?.results ?? []) ledger.settle(result);
  if (overWebSocket) ledger.blame(overWebSocket.sentence);
  return true;
}

/**
 * Judges what says most about a target that serves nobody, and gives the run up; unless the target serves after all,
 * because it was only slow to begin: then the run goes on, and is told so.
 * @returns whether it serves
 */
async function servesLater(
  runnable: readonly ConformanceCase[],
  { service, why, served }: { service: "register" | "log in"; why: string; served: number },
  { guard, around, canary, ledger, signal, run }: SmokeTest,
): Promise<boolean> {
  const { address, accounts, timeoutScale } = around;
  if (served > 0) {
    const share = `${served} of ${LOGINS_TRIED} logins with one account were served`;
    ledger.giveUp(`${share}, and others not: ${why}; is one of several servers behind this address sick?`, true);
    return false;
  }
  const seen = await recognizeStranger(address, { deadlineMs: STRANGER_PATIENCE_MS * timeoutScale, signal });
  if (signal.aborted) return false;
  if (seen?.kind === "elsewhere" || seen?.kind === "closes") throw new CuppingError("target", seen.sentence);
  // Where nobody is registered, that comes first.
  const stranger = service === "log in" ? seen : undefined;
  const isOfPackets = stranger?.kind === "little-endian" || stranger?.kind === "text";
  const rule = guard.firstMend[isOfPackets ? "header" : service];
  const nobody = service === "register" ? `nobody can be registered: ${why}` : describeNobody(why, accounts.registers);
  const what = stranger?.sentence ?? nobody;
  const telling = runnable.filter((each) => each.rule.id === rule);
  for (const one of telling) {
    await run(one);
    const result = ledger.result(one.id);
    // The case itself has never come as far as what the suite has seen already.
    if (isOfPackets && result) ledger.settle(packetResult(result, stranger.sentence));
  }
  if (signal.aborted) return false;
  if (telling.some(({ id }) => ledger.result(id)?.status === "passed") && (await canary.introduce()) === undefined) {
    const could = service === "register" ? "be registered" : "log in";
    ledger.blame(
      `nobody could ${could} at first (${why}), and everybody a moment later: it is slow to start, or was away`,
    );
    return true;
  }
  ledger.giveUp(firstMend(what, rule), accounts.registers);
  return false;
}

function packetResult(result: CaseResult, sentence: string): CaseResult {
  const expected = "every packet is a binary WebSocket message, with a big-endian header";
  return { ...result, status: "failed", reason: sentence, expected, actual: sentence };
}
