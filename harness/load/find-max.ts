import type { Account, AccountSource } from "../accounts/index.ts";
import { isCuppingError } from "../errors.ts";
import type { Capacity, LoadResult } from "../result/index.ts";
import { hasTooFewSamples } from "./few-samples.ts";

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
  /** Aborted to end the search in order: what was found until then is the answer. */
  interrupt?: AbortSignal;
  onTried?(tried: Capacity["tried"][number]): void;
}

/** The search ends when the smallest failing and the largest passing value are this close. */
const PRECISION = 1.04;
const GROWTH = 2;
/** How often the largest passing value is run in all before it is believed. */
const CONFIRMATIONS = 2;
/** How often a value is run whose measurement is not valid. */
const TRIES = 2;

/** The answer, and the run at the largest value that passed (or that failed, or the last one, when none did). */
export interface FindMaxAnswer {
  capacity: Capacity;
  result: LoadResult;
}

/** What a run says about its value; `too few` is one whose samples are too few to say anything. */
type Finding = "pass" | "fail" | "too few" | "invalid" | "interrupted";

/**
 * Searches for the largest value that passes: doubles until one fails, then halves the interval, then runs the answer
 * again. A value passes when its run does: thresholds met, no violation, nothing lost. One that is not valid has not
 * failed: with too few samples the search goes up, and otherwise it is run again before the search stays below it.
 */
export async function findMax(options: FindMaxOptions): Promise<FindMaxAnswer> {
  const search = new Search(options);
  await search.grow();
  await search.shrink();
  while (!search.isNarrow) await search.halve();
  await search.confirm();
  return search.answer();
}

class Search {
  readonly #options: FindMaxOptions;
  readonly #tried: Capacity["tried"] = [];
  #passed = 0;
  /** Largest value with too few samples. */
  #tooFew = 0;
  #failed = Number.POSITIVE_INFINITY;
  /** Smallest value at which no measurement was valid. */
  #invalid = Number.POSITIVE_INFINITY;
  #failedBy = "";
  #invalidBy = "";
  #confirmations = 0;
  #best: LoadResult | undefined;
  #failing: LoadResult | undefined;
  #last: LoadResult | undefined;
  #isInterrupted = false;

  constructor(options: FindMaxOptions) {
    this.#options = options;
  }

  /** Goes up from the start to a value that does not pass. */
  async grow(): Promise<void> {
    let value = this.#options.start;
    for (;;) {
      const finding = await this.#try(value);
      if ((finding !== "pass" && finding !== "too few") || value >= this.#options.ceiling) return;
      value = Math.min(this.#options.ceiling, value * GROWTH);
    }
  }

  /** When nothing passed yet, goes down to where something does. */
  async shrink(): Promise<void> {
    while (this.#lower === 0 && this.#upper > 1 && !this.#isInterrupted) {
      await this.#try(Math.max(1, Math.floor(this.#upper / GROWTH)));
    }
  }

  get isNarrow(): boolean {
    return (
      this.#isInterrupted ||
      this.#lower === 0 ||
      !Number.isFinite(this.#upper) ||
      this.#upper / this.#lower <= PRECISION ||
      this.#upper - this.#lower <= 1
    );
  }

  async halve(): Promise<void> {
    await this.#try(Math.round(Math.sqrt(this.#lower * this.#upper)));
  }

  async confirm(): Promise<void> {
    while (this.#passed > 0 && this.#confirmations < CONFIRMATIONS && !this.#isInterrupted) {
      const finding = await this.#try(this.#passed);
      // What passed once and fails now was luck: the next lower value has to prove itself.
      if (finding === "fail") this.#passed = this.#largestNeverFailed();
      else if (finding !== "pass") return;
    }
  }

  answer(): FindMaxAnswer {
    const { of } = this.#options;
    const result = (this.#best ?? this.#failing ?? this.#last) as LoadResult;
    const run = { ...result.run, partial: result.run.partial || this.#isInterrupted };
    return {
      capacity: {
        of,
        found: this.#passed,
        limit: this.#limit(),
        confidence: `${this.#passes()}; ${this.#bound()}`,
        tried: this.#tried,
      },
      result: { ...result, run },
    };
  }

  /** The largest value above which the answer is looked for. */
  get #lower(): number {
    return Math.max(this.#passed, this.#tooFew);
  }

  /** The smallest value below which it is looked for. */
  get #upper(): number {
    return Math.min(this.#failed, this.#invalid);
  }

  #limit(): string {
    if (this.#failed <= this.#invalid && Number.isFinite(this.#failed)) return this.#failedBy;
    if (Number.isFinite(this.#invalid)) return `unknown, because the measurement was not valid: ${this.#invalidBy}`;
    if (this.#isInterrupted) return "not known: the search was interrupted";
    const ceiling = this.#value(this.#options.ceiling);
    if (this.#passed > 0) return `the ceiling of ${ceiling} was reached: the target can do more`;
    return `not known: up to the ceiling of ${ceiling} there were too few samples; run longer (--duration)`;
  }

  #passes(): string {
    if (this.#passed === 0) return "nothing passed";
    const runs = this.#tried.filter(({ value, verdict }) => value === this.#passed && verdict !== "invalid").length;
    return `passed ${this.#confirmations} of ${runs} runs at ${this.#value(this.#passed)}`;
  }

  #bound(): string {
    const few = this.#tooFew > this.#passed ? `up to ${this.#value(this.#tooFew)} there were too few samples; ` : "";
    if (Number.isFinite(this.#failed) && this.#failed <= this.#invalid)
      return `${few}the smallest that failed is ${this.#value(this.#failed)}`;
    if (Number.isFinite(this.#invalid)) return `${few}at ${this.#value(this.#invalid)} no measurement was valid`;
    return `${few}more was not tried`;
  }

  #value(value: number): string {
    return `${value}${this.#options.of === "rate" ? "/s" : " clients"}`;
  }

  /** Runs the load at a value, again when that measurement is not valid. */
  async #try(value: number): Promise<Finding> {
    for (let left = TRIES; ; ) {
      const finding = await this.#tryOnce(value);
      left -= 1;
      if (finding !== "invalid" || left === 0) {
        this.#note(value, finding);
        return finding;
      }
    }
  }

  async #tryOnce(value: number): Promise<Finding> {
    let result: LoadResult;
    try {
      result = await this.#options.measure(value);
    } catch (error) {
      // Before anything was tried there is no answer.
      if (!this.#options.interrupt?.aborted || !this.#last) throw error;
      return "interrupted";
    }
    this.#last = result;
    if (result.run.partial) return "interrupted";
    const { verdict, reasons } = result;
    const reason = verdict === "pass" ? undefined : reasons[0];
    const tried = { value, ok: verdict === "pass", verdict, ...(reason !== undefined && { reason }) };
    this.#tried.push(tried);
    this.#options.onTried?.(tried);
    if (verdict !== "invalid") return verdict;
    return hasTooFewSamples(result) ? "too few" : "invalid";
  }

  #note(value: number, finding: Finding): void {
    const why = `${this.#last?.reasons[0] ?? "the run failed"} at ${this.#value(value)}`;
    switch (finding) {
      case "pass":
        this.#confirmations = value === this.#passed ? this.#confirmations + 1 : 1;
        this.#passed = value;
        this.#best = this.#last;
        return;
      case "fail":
        if (value > this.#failed) return;
        this.#failed = value;
        this.#failedBy = why;
        this.#failing = this.#last;
        return;
      case "too few":
        this.#tooFew = Math.max(this.#tooFew, value);
        return;
      case "invalid":
        // A value that has passed stays passed, however busy the machine is when it is run again.
        if (value >= this.#invalid || value <= this.#passed) return;
        this.#invalid = value;
        this.#invalidBy = why;
        return;
      case "interrupted":
        this.#isInterrupted = true;
    }
  }

  #largestNeverFailed(): number {
    const passed = this.#tried.filter((run) => run.ok && run.value < this.#failed).map((run) => run.value);
    this.#confirmations = passed.length > 0 ? 1 : 0;
    return Math.max(0, ...passed);
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
