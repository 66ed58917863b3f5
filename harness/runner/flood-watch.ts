import type { CaseResult } from "../result/index.ts";
import type { Canary } from "./canary.ts";
import type { ConformanceCase } from "./case.ts";
import type { ConnectionCensus } from "./census.ts";
import type { SuiteGuard } from "./guard.ts";
import type { SuiteLedger } from "./ledger.ts";
import { blankResult } from "./run-case.ts";

/** So many packets of no command, before anybody has sent one of the kind, are no extension of the protocol. */
const FLOOD = 20;
const NOTHING = "nothing is pushed to whoever logs in";

/** Looks for a target that sends packets of no command to whoever logs in: it breaks no other rule by that. */
export class FloodWatch {
  readonly #canary: Canary;
  readonly #census: ConnectionCensus;
  #flood: string | undefined;

  constructor(canary: Canary, census: ConnectionCensus) {
    this.#canary = canary;
    this.#census = census;
  }

  /** Judges what came to the canary, and settles the case that is about it. */
  look({ quiet }: SuiteGuard, runnable: readonly ConformanceCase[], ledger: SuiteLedger): void {
    const count = this.#canary.strangePackets;
    if (count < FLOOD) return;
    this.#flood = `the target floods whoever logs in with packets that no command has: ${count} came to two users within a moment; first mend ${quiet.id}`;
    ledger.blame(this.#flood);
    const one = runnable.find(({ rule }) => rule.id === quiet.id);
    if (one) ledger.settle({ ...blankResult(one, "failed", this.#flood), expected: NOTHING, actual: this.#flood });
  }

  /** The flood in words, when it may be why a case came to what it did. */
  explains({ id, status }: CaseResult): string | undefined {
    return status === "failed" && this.#census.strangePackets(id) > 0 ? this.#flood : undefined;
  }
}
