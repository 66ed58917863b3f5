import { addMass, emptyMass, type Mass, quantiles } from "./mixture.ts";

/** Resamplings: enough for the ends of a 95% interval to be steady in the second digit. */
const ROUNDS = 1000;

/** A change as a ratio, new to base, with the interval in which it lies with 95% confidence. */
export interface RatioInterval {
  low: number;
  high: number;
}

/** Uniform in [0, 1). */
export type Chance = () => number;

/** A seeded source of chance (mulberry32), so that the same files always compare the same. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The bootstrap intervals of the ratios of percentiles, new to base. Runs are drawn with replacement, then blocks of
 * time within each run: both the noise within a run and, with repeated runs, the drift between runs are in it.
 *
 * @param base per run, its blocks of samples
 * @param shares 0.99 for p99; ascending
 * @returns one interval per share, or undefined when a side has no samples
 */
export function percentileRatios(
  base: readonly Mass[][],
  candidate: readonly Mass[][],
  shares: readonly number[],
  chance: Chance,
): RatioInterval[] | undefined {
  const ratios = shares.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = quantiles(resample(base, chance), shares);
    const to = quantiles(resample(candidate, chance), shares);
    if (from === undefined || to === undefined) return undefined;
    for (const [index, list] of ratios.entries()) list.push((to[index] ?? 0) / (from[index] ?? 0));
  }
  return ratios.map(middle95);
}

/** The bootstrap interval of the ratio of means, from one list of values per run (for example messages per second). */
export function meanRatio(
  base: readonly number[][],
  candidate: readonly number[][],
  chance: Chance,
): RatioInterval | undefined {
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [from, to] = [resampledMean(base, chance), resampledMean(candidate, chance)];
    if (!(from > 0)) return undefined;
    ratios.push(to / from);
  }
  return middle95(ratios);
}

/** Where the middle 95% of the values lie. */
function middle95(values: number[]): RatioInterval {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return { low: at(0.025), high: at(0.975) };
}

function pick<T>(list: readonly T[], chance: Chance): T | undefined {
  return list[Math.floor(chance() * list.length)];
}

function resample(runs: readonly Mass[][], chance: Chance): Mass {
  const sum = emptyMass();
  for (let run = 0; run < runs.length; run += 1) {
    const blocks = pick(runs, chance) ?? [];
    for (let block = 0; block < blocks.length; block += 1) {
      const mass = pick(blocks, chance);
      if (mass !== undefined) addMass(sum, mass);
    }
  }
  return sum;
}

function resampledMean(runs: readonly number[][], chance: Chance): number {
  let [sum, count] = [0, 0];
  for (let run = 0; run < runs.length; run += 1) {
    const values = pick(runs, chance) ?? [];
    for (let index = 0; index < values.length; index += 1) {
      sum += pick(values, chance) ?? 0;
      count += 1;
    }
  }
  return count === 0 ? 0 : sum / count;
}
