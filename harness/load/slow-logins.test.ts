import { expect, it } from "vitest";
import type { MetricSummary } from "../result/index.ts";
import { slowLogins } from "./slow-logins.ts";

/** Logins that took from `min` to twice the median, milliseconds. */
function logins(count: number, rate: number, min: number, p50: number): MetricSummary {
  const high = p50 * 2;
  return { unit: "ms", count, rate, min, mean: p50, p50, p90: high, p95: high, p99: high, p999: high, max: high };
}

it("tells logins that wait for each other from such as are slow by themselves", () => {
  expect(slowLogins(logins(60, 15, 100, 2_000), 20)).toEqual({ perSecond: 10, typicalMs: 2_000, queue: true });
  expect(slowLogins(logins(60, 15, 1_900, 2_000), 20)).toEqual({ perSecond: 10, typicalMs: 2_000, queue: false });
});

it("says nothing where other things than logins keep the users", () => {
  expect(slowLogins(logins(60, 15, 1, 5), 20)).toBeUndefined();
  expect(slowLogins(undefined, 20)).toBeUndefined();
});
