import type { CaseResult } from "../result/index.ts";
import type { ConformanceCase } from "./case.ts";
import type { ConnectionCensus } from "./census.ts";
import type { SuiteGuard } from "./guard.ts";
import { blankResult } from "./run-case.ts";

/** So many cases that were left without an answer show what a target lacks. */
const ENOUGH = 3;

/** What was seen of the commands of one capability. */
interface Seen {
  passed: number;
  /** What cases lacked, in their words. */
  readonly lacks: string[];
}

/** Knows which capability a target does not have, after some cases have waited in vain for its commands. */
export class LackWatch {
  readonly #capabilityOf: NonNullable<SuiteGuard["capabilityOf"]>;
  readonly #census: Pick<ConnectionCensus, "answered">;
  readonly #seen = new Map<string, Seen>();

  constructor(guard: SuiteGuard, census: Pick<ConnectionCensus, "answered">) {
    this.#capabilityOf = (command) => guard.capabilityOf?.(command);
    this.#census = census;
  }

  /** A case has run. */
  note(one: ConformanceCase, { status, lack }: CaseResult): void {
    const lacking = lack === undefined ? undefined : this.#capabilityOf(lack.replace(/ .*/, ""));
    if (lack !== undefined && lacking !== undefined) this.#of(lacking).lacks.push(lack);
    if (status === "passed") for (const capability of one.capabilities) this.#of(capability).passed += 1;
  }

  /** What a case comes to that could only wait in vain, like those before it; undefined when it is worth asking. */
  foregone(one: ConformanceCase): CaseResult | undefined {
    for (const capability of one.capabilities) {
      const { passed, lacks } = this.#of(capability);
      const [lack] = lacks;
      // Some pass without it: those in which nothing is to happen.
      if (lack === undefined || lacks.length < ENOUGH || passed >= lacks.length) continue;
      if (this.#census.answered.some((command) => this.#capabilityOf(command) === capability)) continue;
      const reason = `not asked: ${lack}, as ${lacks.length} cases about ${capability.replaceAll("-", " ")} have shown`;
      return { ...blankResult(one, "couldNotRun", reason), lack };
    }
    return undefined;
  }

  #of(capability: string): Seen {
    const seen = this.#seen.get(capability) ?? { passed: 0, lacks: [] };
    this.#seen.set(capability, seen);
    return seen;
  }
}
