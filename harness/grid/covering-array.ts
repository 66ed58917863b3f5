/** The axes of a grid: each name with its values, the plainest first. */
export type Axes = Readonly<Record<string, readonly string[]>>;

/** One value of each axis. */
export type Combination = Readonly<Record<string, string>>;

/** Every combination of the axes' values that is allowed; the last axis varies fastest. */
export function fullProduct(axes: Axes, allows: (values: Combination) => boolean = () => true): Combination[] {
  let rows: Combination[] = [{}];
  for (const [name, values] of Object.entries(axes)) {
    rows = rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value })));
  }
  return rows.filter(allows);
}

/**
 * A covering array of strength 2: as few combinations as the algorithm finds in which every pair of values that some
 * allowed combination has stands at least once. One row at a time, greedily, as AETG does (Cohen, Dalal, Fredman and
 * Patton, 1997), but choosing among all allowed rows, so that constraints need no repair; of equally good rows the
 * seed chooses. The plainest combination, the first of the product, always comes first.
 *
 * The same axes, constraint and seed give the same rows. Meant for grids of up to some ten thousand combinations.
 * @param seed any integer
 */
export function coveringArray(axes: Axes, seed: number, allows?: (values: Combination) => boolean): Combination[] {
  const product = fullProduct(axes, allows);
  const names = Object.keys(axes);
  const [plainest, ...others] = product;
  if (plainest === undefined || names.length < 2) return product;
  const candidates = others.map((row) => ({ row, pairs: pairsOf(row, names) }));
  const open = new Set([...pairsOf(plainest, names), ...candidates.flatMap(({ pairs }) => pairs)]);
  const cover = (pairs: readonly string[]): void => {
    for (const pair of pairs) open.delete(pair);
  };
  cover(pairsOf(plainest, names));
  const chosen = [plainest];
  let state = seed >>> 0;
  while (open.size > 0) {
    let most = 0;
    let best: typeof candidates = [];
    for (const candidate of candidates) {
      const gain = candidate.pairs.reduce((sum, pair) => sum + (open.has(pair) ? 1 : 0), 0);
      if (gain > most) {
        most = gain;
        best = [];
      }
      if (gain === most && gain > 0) best.push(candidate);
    }
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const next = best[Math.floor((state / 2 ** 32) * best.length)] as (typeof candidates)[number];
    cover(next.pairs);
    chosen.push(next.row);
  }
  return chosen;
}

function pairsOf(row: Combination, names: readonly string[]): string[] {
  const pairs: string[] = [];
  for (const [at, one] of names.entries()) {
    for (const other of names.slice(at + 1)) pairs.push(`${one}=${row[one]}\n${other}=${row[other]}`);
  }
  return pairs;
}
