/** Does work for every item, several at a time; the promises are there at once. */
export function inParallel<T, R>(items: readonly T[], jobs: number, work: (item: T) => Promise<R>): Promise<R>[] {
  const waiting: (() => void)[] = [];
  let free = jobs;
  const done = (): void => {
    free++;
    waiting.shift()?.();
  };
  return items.map(async (item) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    free--;
    try {
      return await work(item);
    } finally {
      done();
    }
  });
}
