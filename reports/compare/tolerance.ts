import { CuppingError } from "../../harness/errors.ts";

/** How much worse a figure may become before it counts as a regression: a share of the base, or milliseconds. */
export type Tolerance = { share: number } | { ms: number };

/** The tolerances of a comparison. */
export interface Tolerances {
  /** For figures that are not named. */
  fallback: Tolerance | undefined;
  /** By figure, e.g. `msg_e2e.p99`. */
  named: Map<string, Tolerance>;
}

/** With repeated runs the interval knows the drift between them, so a tenth is enough. */
const DEFAULT_REPEATED: Tolerance = { share: 0.1 };
/** From run to run timings drift by tens of percent, which a single run cannot show. */
const DEFAULT_SINGLE: Tolerance = { share: 0.3 };

/**
 * Reads tolerances: `10%` for every figure, `msg_e2e.p99=10%` or `msg_ack.p50=2ms` for one.
 *
 * @throws CuppingError `usage` for anything else
 */
export function parseTolerances(texts: readonly string[]): Tolerances {
  const tolerances: Tolerances = { fallback: undefined, named: new Map() };
  for (const text of texts) {
    const [, figure, amount, unit] = /^(?:([\w]+\.[\w]+)=)?(\d+(?:\.\d+)?)(%|ms)$/.exec(text.replaceAll(" ", "")) ?? [];
    if (amount === undefined) {
      throw new CuppingError(
        "usage",
        `a tolerance looks like 10%, msg_e2e.p99=10% or msg_ack.p50=2ms, not like "${text}"`,
      );
    }
    const tolerance = unit === "%" ? { share: Number(amount) / 100 } : { ms: Number(amount) };
    if (figure === undefined) tolerances.fallback = tolerance;
    else tolerances.named.set(figure, tolerance);
  }
  return tolerances;
}

/**
 * The tolerance of a figure as a share of its base value.
 *
 * @param repeated both sides have several runs
 */
export function toleranceOf(figure: string, base: number, { fallback, named }: Tolerances, repeated: boolean): number {
  const tolerance = named.get(figure) ?? fallback ?? (repeated ? DEFAULT_REPEATED : DEFAULT_SINGLE);
  if ("share" in tolerance) return tolerance.share;
  return base > 0 ? tolerance.ms / base : Number.POSITIVE_INFINITY;
}
