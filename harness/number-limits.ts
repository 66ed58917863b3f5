import { CuppingError } from "./errors.ts";

/** What a number must be. Without a bound every finite number is one. */
export interface NumberLimits {
  /** Whole numbers alone. */
  readonly integer?: true;
  /** The least that it may be. */
  readonly minimum?: number;
  /** It must be above this. */
  readonly exclusiveMinimum?: number;
  /** The most that it may be. */
  readonly maximum?: number;
}

/**
 * Takes a number as it is, once it keeps to its limits.
 * @param name whose number it is, as its user writes it, e.g. `--clients`
 * @throws CuppingError `usage` naming the limits and what was given
 */
export function requireWithin(name: string, value: number, limits: NumberLimits): number {
  const { integer, minimum = Number.NEGATIVE_INFINITY, exclusiveMinimum = Number.NEGATIVE_INFINITY } = limits;
  const { maximum = Number.POSITIVE_INFINITY } = limits;
  const fits = value >= minimum && value > exclusiveMinimum && value <= maximum && Number.isFinite(value);
  if (fits && (!integer || Number.isSafeInteger(value))) return value;
  // What cannot be read as a number has no form that would help anybody.
  const given = Number.isNaN(value) ? "" : `, but got ${value}`;
  const kind = integer ? "whole number" : "number";
  throw new CuppingError("usage", `${name} takes a ${kind}${bounds(limits)}${given}`);
}

function bounds({ minimum, exclusiveMinimum, maximum }: NumberLimits): string {
  if (minimum !== undefined) return maximum === undefined ? ` from ${minimum} up` : ` from ${minimum} to ${maximum}`;
  const above = exclusiveMinimum === undefined ? [] : [` above ${exclusiveMinimum}`];
  return [...above, ...(maximum === undefined ? [] : [` up to ${maximum}`])].join(",");
}
