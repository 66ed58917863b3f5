import type { ConformanceCase } from "./case.ts";
import { TIMER_GRACE_MS } from "./timers.ts";

/** Cases that share one restart of the target. */
const RESTARTING_AT_ONCE = 40;

/** More than a target may be late with a timer, so that what one case waits for is over when the next one's is due. */
const BETWEEN_BEGINNINGS_MS = TIMER_GRACE_MS + 500;

type Act = (one: ConformanceCase) => Promise<void>;

/** Whether a case begins at once and runs beside all others: it waits nearly all the time, or takes long. */
export function isBesideOthers(one: ConformanceCase): boolean {
  return (one.waits !== undefined || one.isLong === true) && !one.alone && !one.needs.includes("restart");
}

/**
 * Runs cases side by side where they allow it, those about timers beside all others; then those that want to be alone,
 * and last those that restart the target.
 * @param jobs cases at a time; with 1 nothing runs beside a case
 * @param before is over before any other case than those about timers begins; with several jobs they run beside it
 */
export async function runInOrder(
  cases: readonly ConformanceCase[],
  jobs: number,
  act: Act,
  before: () => Promise<void> = async () => {},
): Promise<void> {
  const alone = cases.filter((one) => one.alone);
  const restarting = cases.filter((one) => one.needs.includes("restart") && !one.alone);
  const free = cases.filter((one) => !one.alone && !restarting.includes(one));
  const timers = free.filter(isBesideOthers);
  const others = free.filter((one) => !isBesideOthers(one));
  if (jobs === 1) {
    await before();
    await inParallel(free, 1, act);
  } else await Promise.all([runTimers(timers, act), before().then(() => inParallel(others, jobs, act))]);
  await inParallel(alone, 1, act);
  // What others do before their restart costs nothing beside one that waits before its own.
  const waitingFirst = [...restarting].sort(
    (one, other) => Number(other.waits !== undefined) - Number(one.waits !== undefined),
  );
  await inParallel(waitingFirst, jobs === 1 ? 1 : RESTARTING_AT_ONCE, act);
}

/**
 * All at once, but for those that would make each other late: each of them begins when the one before is over, or has
 * begun longer ago than a target may be late with what it waits for. A case and its variants begin together: over TCP and
 * over WebSocket they are few.
 */
async function runTimers(timers: readonly ConformanceCase[], act: Act): Promise<void> {
  const queues = Map.groupBy(timers, (one) => (one.inTurn ? one.rule.id : one.id));
  await Promise.all([...queues.values()].map((queue) => oneBehindTheOther(queue, act)));
}

async function oneBehindTheOther(queue: readonly ConformanceCase[], act: Act): Promise<void> {
  const begun: Promise<unknown>[] = [];
  const steps = [...Map.groupBy(queue, ({ id }) => id.replace(/\[.*$/, "")).values()];
  for (const variants of steps) {
    const acting = Promise.all(variants.map(act));
    begun.push(acting);
    if (begun.length < steps.length) await overOrLongAgo(acting);
  }
  await Promise.all(begun);
}

async function overOrLongAgo(acting: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const longAgo = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, BETWEEN_BEGINNINGS_MS);
  });
  await Promise.race([acting, longAgo]).finally(() => clearTimeout(timer));
}

/** @param jobs how many at a time */
export async function inParallel<T>(items: readonly T[], jobs: number, act: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const work = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: Math.min(jobs, queue.length) }, work));
}
