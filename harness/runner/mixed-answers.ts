import type { CaseResult } from "../result/index.ts";
import type { Canary } from "./canary.ts";
import type { CaseRule, ConformanceCase } from "./case.ts";
import type { ConnectionCensus } from "./census.ts";
import { failByRule } from "./fail-by-rule.ts";
import type { SuiteGuard } from "./guard.ts";
import type { SuiteLedger } from "./ledger.ts";
import { isBadEnd, madeVoid } from "./sickness-watch.ts";

/** What the look at answers that belong to somebody else needs of its run. */
export interface MixedAnswersRun {
  readonly guard: SuiteGuard;
  readonly canary: Canary;
  readonly census: ConnectionCensus;
  readonly ledger: SuiteLedger;
  readonly runnable: readonly ConformanceCase[];
}

/** A request whose answers belong to others. */
interface MixUp {
  readonly command: string;
  /** The rule that says what the answer holds. */
  readonly rule: CaseRule;
  readonly sentence: string;
}

/**
 * A target that answers somebody with what belongs to another breaks the rules about those answers. Cases about others
 * that count or look something up in them say nothing.
 */
export class MixedAnswers {
  readonly #run: MixedAnswersRun;
  readonly #mixUps: readonly MixUp[];

  constructor(run: MixedAnswersRun) {
    this.#run = run;
    this.#mixUps = [...run.canary.mixedUp].flatMap(([command, what]) => {
      const rule = run.guard.answers[command];
      const sentence = `the target answers ${command} with ${what}`;
      return rule ? [{ command, rule, sentence }] : [];
    });
    for (const { rule, sentence } of this.#mixUps) run.ledger.blame(`${sentence}; first mend ${rule.id}`);
  }

  /** What a case came to, when it may be such an answer that made it end badly: then it says nothing. */
  excused(one: ConformanceCase, result: CaseResult): CaseResult | undefined {
    const { census } = this.#run;
    const mixUp = this.#mixUps.find(
      ({ command, rule }) => sectionOf(rule.id) !== sectionOf(one.rule.id) && census.hasRead(one.id, command),
    );
    if (mixUp === undefined || !isBadEnd(result)) return undefined;
    return { ...madeVoid(result, mixUp.sentence), lack: mixUp.sentence };
  }

  /** Behind the last case: the rules that are broken are red, whichever of their cases ran. */
  end(): void {
    for (const { rule, sentence } of this.#mixUps)
      failByRule(rule, { expected: "everybody is answered with what is their own", sentence }, this.#run);
  }
}

function sectionOf(ruleId: string): string {
  return ruleId.slice(0, ruleId.lastIndexOf("-"));
}
