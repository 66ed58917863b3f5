/** One thing to time. */
export interface Subject {
  readonly peer: string;
  run(): unknown;
}

/** What the rounds gave for one subject, in nanoseconds per operation. */
export interface Timing {
  readonly peer: string;
  readonly median: number;
  /** The middle half of the rounds: how far they spread. */
  readonly quartiles: [low: number, high: number];
}

/** How long and how often to measure. */
export interface Effort {
  /** Rounds; in each, every subject has one turn. */
  readonly rounds: number;
  /** Length of a turn, in milliseconds. */
  readonly turnMs: number;
}

/** Results go here, so that no engine can leave the work out. */
let kept: unknown;

function time(subject: Subject, count: number): number {
  const start = performance.now();
  for (let index = 0; index < count; index++) kept = subject.run();
  return performance.now() - start;
}

/** How many operations fill one turn; finding it out also warms the code up. */
function calibrate(subject: Subject, turnMs: number): number {
  let count = 64;
  for (;;) {
    const spent = time(subject, count);
    if (spent >= turnMs) return Math.max(1, Math.round((count * turnMs) / spent));
    count *= 2;
  }
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.round((sorted.length - 1) * share)] as number;

/**
 * Times all subjects side by side: rounds are interleaved and each begins with another subject, so that a change of
 * the machine's speed meets all of them alike.
 */
export function measure(subjects: readonly Subject[], { rounds, turnMs }: Effort): Timing[] {
  const counts = subjects.map((subject) => {
    calibrate(subject, turnMs * 4);
    return calibrate(subject, turnMs);
  });
  const samples: number[][] = subjects.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < subjects.length; turn++) {
      const index = (round + turn) % subjects.length;
      const count = counts[index] as number;
      samples[index]?.push((time(subjects[index] as Subject, count) * 1e6) / count);
    }
  }
  void kept;
  return subjects.map(({ peer }, index) => {
    const sorted = (samples[index] as number[]).sort((a, b) => a - b);
    return { peer, median: at(sorted, 0.5), quartiles: [at(sorted, 0.25), at(sorted, 0.75)] };
  });
}
