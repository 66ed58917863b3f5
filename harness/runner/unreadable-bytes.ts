import type { CaseResult } from "../result/index.ts";
import type { ConformanceCase } from "./case.ts";
import type { ConnectionCensus } from "./census.ts";
import { failByRule } from "./fail-by-rule.ts";
import type { SuiteGuard } from "./guard.ts";
import type { SuiteLedger } from "./ledger.ts";
import { isBadEnd, madeVoid } from "./sickness-watch.ts";

/** What the look at bytes that cannot be read needs of its run. */
export interface UnreadableBytesRun {
  readonly guard: SuiteGuard;
  readonly census: ConnectionCensus;
  readonly ledger: SuiteLedger;
  readonly runnable: readonly ConformanceCase[];
}

/**
 * A target whose bytes cannot be cut into packets, or that misuses WebSocket, breaks the rule about the form of packets.
 * Nothing behind such bytes can be read, so that cases about other rules say nothing where they meet them.
 */
export class UnreadableBytes {
  readonly #run: UnreadableBytesRun;
  #sentence: string | undefined;

  constructor(run: UnreadableBytesRun) {
    this.#run = run;
  }

  /** What a case came to, when it ended badly and the target's bytes on a connection of it could not be read. */
  excused(one: ConformanceCase, result: CaseResult): CaseResult | undefined {
    const { guard, census } = this.#run;
    if ([guard.packets.id, guard.unmixed.id].includes(one.rule.id) || !isBadEnd(result)) return undefined;
    const what = census.unreadableOf(one.id);
    if (what === undefined) return undefined;
    this.#sentence ??= `the target sends what cannot be read: ${what}`;
    return { ...madeVoid(result, this.#sentence), lack: this.#sentence };
  }

  /** Behind the last case: the broken rule is red, whichever of its cases ran. Packets that mix explain what was seen. */
  end(): void {
    if (this.#sentence === undefined) return;
    const { guard, ledger, runnable } = this.#run;
    const isMixing = runnable.some(
      ({ id, rule }) => rule.id === guard.unmixed.id && ledger.result(id)?.status === "failed",
    );
    ledger.blame(`${this.#sentence}; first mend ${(isMixing ? guard.unmixed : guard.packets).id}`);
    if (isMixing) return;
    const expected = "every packet can be cut by its length, and over WebSocket is an unmasked binary message";
    failByRule(guard.packets, { expected, sentence: this.#sentence }, this.#run);
  }
}
