import { CuppingError } from "../../../harness/errors.ts";
import type { AxisValue } from "../../rules/index.ts";

/**
 * By how much an id is made larger: whoever keeps it in so many bits, or drops its sign, takes it for the id that there
 * is. A double keeps the two apart at 2^53, so that this width is for {@link WIDE}.
 */
export const LARGER_BY = ["2^31", "2^32", "2^63"] as const;

/** The last numbers that fit into 31 to 64 bits and a double, and the first that do not. */
export const WIDE = ["2^31-1", "2^31", "2^32-1", "2^32", "2^53-1", "2^53", "2^63-1", "2^63", "2^64-1"] as const;

/** Of each edge of {@link WIDE} the side on which programs go wrong. */
export const EDGES = ["2^31", "2^32", "2^53", "2^63-1", "2^64-1"] as const;

/** The number that a value of the axis `width` stands for: `2^32-1` is 4294967295, `small` is 7. */
export function numberOfWidth(width: AxisValue<"width">): bigint {
  if (width === "small") return 7n;
  const [, exponent, isBelow] = width.match(/^2\^(\d+)(-1)?$/) ?? [];
  if (exponent === undefined) throw new CuppingError("internal", `"${width}" is no value of the axis width`);
  return 2n ** BigInt(exponent) - (isBelow === undefined ? 0n : 1n);
}
