import type { Account, AccountSource } from "../accounts/index.ts";
import { isCuppingError } from "../errors.ts";
import type { Capacity, LoadResult } from "../result/index.ts";

/** What the search varies. */
export type CapacityOf = "clients" | "rate";

/** How a search is made. */
export interface FindMaxOptions {
  of: CapacityOf;
  /** First value tried. */
  start: number;
  /** Never tries more than this. */
  ceiling: number;
  /** Runs the load at one value. */
  measure(value: number): Promise<LoadResult>;
  onTried?(value: number, ok: boolean, reason: string | undefined): void;
}

/** The search ends when the smallest failing and the largest passing value are this close. */
const PRECISION = 1.04;
const GROWTH = 2;
/** How often the largest passing value is run in all before it is believed. */
const CONFIRMATIONS = 2;

/** The answer, and the run at the largest value that passed (or the last run, when none did). */
export interface FindMaxAnswer {
  capacity: Capacity;
  result: LoadResult;
}

/**
 * Searches for the largest value that passes: doubles until one fails, then halves the interval, then runs the answer
 * again. A value passes when its run does: thresholds met, no violation, nothing lost, generator not the limit.
 */
export async function findMax(options: FindMaxOptions): Promise<FindMaxAnswer> {
  const search = new Search(options);
  await search.grow();
  while (!search.isNarrow) await search.halve();
  await search.confirm();
  return search.answer();
}

class Search {
  readonly #options: FindMaxOptions;
  readonly #tried: Capacity["tried"] = [];
  #passed = 0;
  #failed = Number.POSITIVE_INFINITY;
  #limit = "";
  #confirmations = 0;
  #best: LoadResult | undefined;
  #last: LoadResult | undefined;

  constructor(options: FindMaxOptions) {
    this.#options = options;
  }

  async grow(): Promise<void> {
    let value = this.#options.start;
    while (await this.#try(value)) {
      if (value >= this.#options.ceiling) return;
      value = Math.min(this.#options.ceiling, value * GROWTH);
    }
    // Nothing passed yet: the search goes down to where something does.
    while (this.#passed === 0 && this.#failed > 1) await this.#try(Math.max(1, Math.floor(this.#failed / GROWTH)));
  }

  get isNarrow(): boolean {
    return (
      this.#passed === 0 ||
      !Number.isFinite(this.#failed) ||
      this.#failed / this.#passed <= PRECISION ||
      this.#failed - this.#passed <= 1
    );
  }

  async halve(): Promise<void> {
    await this.#try(Math.round(Math.sqrt(this.#passed * this.#failed)));
  }

  async confirm(): Promise<void> {
    while (this.#passed > 0 && this.#confirmations < CONFIRMATIONS) {
      // What passed once and fails now was luck: the next lower value has to prove itself.
      if (!(await this.#try(this.#passed))) this.#passed = this.#largestNeverFailed();
    }
  }

  answer(): FindMaxAnswer {
    const { of, ceiling } = this.#options;
    const unit = of === "rate" ? "/s" : " clients";
    const atCeiling = !Number.isFinite(this.#failed);
    const confidence = atCeiling
      ? `passed ${this.#confirmations} of ${this.#runsAt(this.#passed)} runs at ${this.#passed}${unit}; more was not tried`
      : `passed ${this.#confirmations} of ${this.#runsAt(this.#passed)} runs at ${this.#passed}${unit}; the smallest that failed is ${this.#failed}${unit}`;
    return {
      capacity: {
        of,
        found: this.#passed,
        limit: atCeiling ? `the ceiling of ${ceiling}${unit} was reached: the target can do more` : this.#limit,
        confidence,
        tried: this.#tried,
      },
      result: (this.#best ?? this.#last) as LoadResult,
    };
  }

  async #try(value: number): Promise<boolean> {
    const result = await this.#options.measure(value);
    this.#last = result;
    const ok = result.verdict === "pass" && !result.run.partial;
    const reason = ok ? undefined : result.reasons[0];
    this.#tried.push({ value, ok, ...(reason !== undefined && { reason }) });
    this.#options.onTried?.(value, ok, reason);
    if (ok) {
      this.#confirmations = value === this.#passed ? this.#confirmations + 1 : 1;
      this.#passed = value;
      this.#best = result;
    } else if (value <= this.#failed) {
      this.#failed = value;
      this.#limit = `${reason ?? "the run failed"} at ${value}${this.#options.of === "rate" ? "/s" : " clients"}`;
    }
    return ok;
  }

  #largestNeverFailed(): number {
    const passed = this.#tried.filter((run) => run.ok && run.value < this.#failed).map((run) => run.value);
    this.#confirmations = passed.length > 0 ? 1 : 0;
    return Math.max(0, ...passed);
  }

  #runsAt(value: number): number {
    return this.#tried.filter((run) => run.value === value).length;
  }
}

/**
 * Lets several runs use the same accounts: what one run has taken is given to the next one again.
 * @returns a function that gives a source which starts from the first account
 */
export function replayAccounts(source: AccountSource): () => AccountSource {
  // Promises, and not accounts: two runs may ask for the same one before it is there.
  const taken: Promise<Account>[] = [];
  const takeFor = (position: number, signal: AbortSignal | undefined): Promise<Account> => {
    const account = takeOne(source, signal);
    account.catch(() => delete taken[position]);
    return account;
  };
  return () => {
    let next = 0;
    return {
      registers: source.registers,
      size: source.size,
      secrets: source.secrets,
      take(signal) {
        const position = next++;
        taken[position] ??= takeFor(position, signal);
        return taken[position];
      },
    };
  };
}

/** An account that logs in by token where there is one: it spares the server a password hash. */
async function takeOne(source: AccountSource, signal: AbortSignal | undefined): Promise<Account> {
  if (!source.takeWithToken) return source.take(signal);
  try {
    return await source.takeWithToken(signal);
  } catch (error) {
    if (!isCuppingError(error, "usage")) throw error;
    // Those with a token are used up.
    return source.take(signal);
  }
}
