import type { CheckExample, CheckSummary } from "../result/index.ts";

/** What is checked while loading, with the sentence that a report shows. */
export const checkTitles = {
  order: "Messages of one sender arrive at each receiver, and are acknowledged, in the order in which they were sent",
  total_order: "Sender and receivers see a message under the same server_msg_id, and no two messages share one",
  ids_increase: "server_msg_id grows strictly from message to message of a sender",
  loss: "Every acknowledged message reaches every receiver that is online",
  duplicates: "No message is delivered or acknowledged twice",
  refusal: "A refused message reaches nobody and is stored nowhere",
  foreign: "Nobody receives a message of a conversation that is not theirs",
  content: "Content, sender and session arrive as they were sent",
  acknowledgement: "Every message is acknowledged, with its own session, sender and sequence number",
  unread: "The unread count of each session is exact",
  history: "History holds every acknowledged message exactly once, in order, under its acknowledged id",
  sessions: "The session list shows each conversation with its newest message and adds up its unread counts",
} as const;

/** Name of a check. */
export type CheckName = keyof typeof checkTitles;

const EXAMPLES_PER_CHECK = 10;

/** What a worker found since the last flush. */
export type ViolationsFlush = Partial<
  Record<CheckName, { checked: number; violations: number; examples: CheckExample[] }>
>;

/** Counts what was checked and what was wrong, with the first few examples of each. */
export class Violations {
  readonly #checks = new Map<CheckName, CheckSummary>();
  #total = 0;

  /** Violations of all checks so far. */
  get total(): number {
    return this.#total;
  }

  checked(name: CheckName, times: number = 1): void {
    this.#check(name).checked += times;
  }

  /** @param example built only while few are known; building its text costs more than the check */
  violated(name: CheckName, example: () => CheckExample): void {
    const check = this.#check(name);
    check.violations++;
    this.#total++;
    if (check.examples.length < EXAMPLES_PER_CHECK) check.examples.push(example());
  }

  flush(): ViolationsFlush {
    const flush: ViolationsFlush = {};
    for (const [name, { checked, violations, examples }] of this.#checks)
      flush[name] = { checked, violations, examples };
    this.#checks.clear();
    return flush;
  }

  add(flush: ViolationsFlush): void {
    for (const [name, part] of Object.entries(flush) as [CheckName, CheckSummary][]) {
      const check = this.#check(name);
      check.checked += part.checked;
      check.violations += part.violations;
      this.#total += part.violations;
      check.examples.push(...part.examples.slice(0, EXAMPLES_PER_CHECK - check.examples.length));
    }
  }

  summaries(): Record<string, CheckSummary> {
    return Object.fromEntries(this.#checks);
  }

  #check(name: CheckName): CheckSummary {
    let check = this.#checks.get(name);
    if (!check) {
      check = { checked: 0, violations: 0, examples: [], title: checkTitles[name] };
      this.#checks.set(name, check);
    }
    return check;
  }
}
