/** What V8 tells of one script in one process. */
export interface ScriptCoverage {
  readonly url: string;
  readonly functions: readonly { readonly ranges: readonly CountedRange[] }[];
}

/** A range of a script that V8 counted. */
interface CountedRange {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

/** How often each place of one source was executed, over all processes. */
export class Counts {
  /** By place, how much more often it was executed than the one before it. */
  readonly #steps: Float64Array;
  #sums: Float64Array | undefined;

  /** @param length of the source in UTF-16 code units */
  constructor(length: number) {
    this.#steps = new Float64Array(length + 1);
  }

  /** Adds what one process counted: an inner range says better than the one around it. */
  add({ functions }: ScriptCoverage): void {
    const ranges = functions.flatMap((each) => each.ranges);
    ranges.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
    const around: CountedRange[] = [];
    for (const range of ranges) {
      while (around.length > 0 && (around.at(-1) as CountedRange).endOffset <= range.startOffset) around.pop();
      const more = range.count - (around.at(-1)?.count ?? 0);
      this.#step(range.startOffset, more);
      this.#step(range.endOffset, -more);
      around.push(range);
    }
    this.#sums = undefined;
  }

  at(place: number): number {
    this.#sums ??= sumsOf(this.#steps);
    return this.#sums[place] ?? 0;
  }

  #step(place: number, by: number): void {
    const at = Math.min(place, this.#steps.length - 1);
    this.#steps[at] = (this.#steps[at] as number) + by;
  }
}

function sumsOf(steps: Float64Array): Float64Array {
  let sum = 0;
  return steps.map((step) => {
    sum += step;
    return sum;
  });
}
