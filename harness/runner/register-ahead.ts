import { isCuppingError } from "../errors.ts";
import type { Canary } from "./canary.ts";
import type { CaseAccounts } from "./case-context.ts";
import type { SuiteLedger } from "./ledger.ts";
import type { SuiteProgress } from "./suite.ts";

/** How often somebody who waits is told how far it has come, in milliseconds. */
const TELL_MS = 3_000;

/** What registering needs of its run. */
export interface AheadOf {
  readonly accounts: CaseAccounts;
  readonly canary: Canary;
  readonly ledger: SuiteLedger;
  readonly progress: SuiteProgress;
  /** Raised when the run is interrupted. */
  readonly signal: AbortSignal;
}

/**
 * Registers accounts in front of the cases, one after another, where the run registers them: many targets do badly when
 * several register at once, which some rule may be about and others are not.
 */
export async function registerAhead(count: number, run: AheadOf): Promise<void> {
  const { accounts, canary, ledger, progress, signal } = run;
  if (!accounts.prepare || ledger.end !== undefined) return;
  progress.onNote?.(`registering ${count} accounts, one after another`);
  let [toldAt, registered] = [performance.now(), 0];
  const onMade = (made: number): void => {
    registered = made;
    if (made === count || performance.now() - toldAt < TELL_MS) return;
    toldAt = performance.now();
    progress.onNote?.(`registered ${made} of ${count} accounts`);
  };
  try {
    await accounts.prepare(count, signal, onMade);
    if (registered > 0 && registered < count && !signal.aborted) {
      progress.onNote?.(`the target registers slowly: ${count - registered} accounts are left until cases need them`);
    }
  } catch (error) {
    if (signal.aborted) return;
    if (!isCuppingError(error, "target")) throw error;
    const refusal = await canary.ask();
    if (refusal === undefined || signal.aborted) return;
    const [what, then] =
      refusal.service === "register"
        ? ["registering anybody, and still logs in who is registered", "look at its HTTP API"]
        : ["serving anybody", "start it again"];
    const when = "while accounts were registered, one after another and with nothing beside it but cases about timers";
    ledger.giveUp(`${when}, the target stopped ${what}: ${error.message}; ${then}`, true);
  }
}
