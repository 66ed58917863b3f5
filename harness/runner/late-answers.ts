import type { CaseResult } from "../result/index.ts";
import type { CaseRule, ConformanceCase } from "./case.ts";
import type { ConnectionCensus } from "./census.ts";
import { failByRule } from "./fail-by-rule.ts";
import type { SuiteGuard } from "./guard.ts";
import type { SuiteLedger } from "./ledger.ts";
import { isBadEnd, madeVoid } from "./sickness-watch.ts";

/** What the look at answers that never come in time needs of its run. */
export interface LateAnswersRun {
  readonly guard: SuiteGuard;
  readonly census: ConnectionCensus;
  readonly ledger: SuiteLedger;
  readonly runnable: readonly ConformanceCase[];
}

/** A case that ended because something did not come in time. */
interface Waited {
  readonly one: ConformanceCase;
  readonly result: CaseResult;
  /** Requests that were left unanswered in it, by the names of their commands. */
  readonly inVain: ReadonlySet<string>;
}

/**
 * A target that never answers a command for so long as cases wait breaks the rule about that command. Cases about others
 * that asked with it, or asked something behind it, say nothing.
 */
export class LateAnswers {
  readonly #run: LateAnswersRun;
  readonly #waited = new Map<string, Waited>();

  constructor(run: LateAnswersRun) {
    this.#run = run;
  }

  /** What a case came to, when it waited for what was known to come late before the first of them: then it says nothing. */
  excused(one: ConformanceCase, result: CaseResult): CaseResult | undefined {
    const { guard, census } = this.#run;
    const inVain = new Set(census.inVain(one.id));
    if (isBadEnd(result) && census.hasEndedLate(one.id)) this.#waited.set(one.id, { one, result, inVain });
    else this.#waited.delete(one.id);
    if (!isBadEnd(result)) return undefined;
    const command = [...census.late].find((name) => {
      const rule = guard.answers[name];
      return inVain.has(name) && (rule === undefined || sectionOf(rule.id) !== sectionOf(one.rule.id));
    });
    return command === undefined ? undefined : asUnanswered(result, command);
  }

  /** Behind the last case: what nobody got an answer to in time breaks its own rule, and no other. */
  end(): void {
    for (const [command, rule] of Object.entries(this.#run.guard.answers)) {
      if (!this.#run.census.wasAnswered(command)) this.#blame(command, rule);
    }
  }

  #blame(command: string, rule: CaseRule): void {
    const { ledger } = this.#run;
    const waited = [...this.#waited.values()].filter(({ inVain }) => inVain.has(command));
    // Where the rule was not asked about, others alone can tell.
    if (!waited.some(({ one }) => one.rule.id === rule.id)) return;
    const others = waited.filter(({ one, result }) => one.rule.id !== rule.id && result.status !== "couldNotRun");
    for (const { result } of others) ledger.settle(asUnanswered(result, command));
    const sentence = `${command} is unanswered for so long as cases wait, whoever asks`;
    failByRule(rule, { expected: `an answer to ${command}`, sentence }, this.#run);
    if (others.length > 0) ledger.blame(`${sentence}; first mend ${rule.id}`);
  }
}

function asUnanswered(result: CaseResult, command: string): CaseResult {
  const lack = `${command} is unanswered`;
  return { ...madeVoid(result, `${lack} for so long as cases wait, from the first on`), lack };
}

function sectionOf(ruleId: string): string {
  return ruleId.slice(0, ruleId.lastIndexOf("-"));
}
