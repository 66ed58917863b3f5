import type { CIMMsgData } from "../../codegen/index.ts";
import { decodeMark, type MessageMark } from "../check/index.ts";

/** Counts what reached one user: how often each message of its peer, and how many of another run. */
export class Arrivals {
  readonly #run: number;
  /** How often each message of the peer has come, by its index: no longer than what was sent, whatever a server pushes. */
  readonly #times: number[] = [];
  #ofAnotherRun = 0;

  constructor(run: number) {
    this.#run = run;
  }

  /** Messages of another run on the same accounts. */
  get ofAnotherRun(): number {
    return this.#ofAnotherRun;
  }

  /**
   * Takes a message that was delivered.
   * @param from what the marks of the peer's messages say
   * @param sent how many the peer has sent so far
   */
  add({ client_msg_id }: CIMMsgData, from: Omit<MessageMark, "index">, sent: number): void {
    const mark = decodeMark(client_msg_id);
    if (!mark) return;
    if (mark.run !== this.#run) this.#ofAnotherRun++;
    else if (mark.sender === from.sender && mark.conversation === from.conversation && mark.index < sent) {
      this.#times[mark.index] = this.timesOf(mark.index) + 1;
    }
  }

  /** How often a message of the peer has come. */
  timesOf(index: number): number {
    return this.#times[index] ?? 0;
  }
}
