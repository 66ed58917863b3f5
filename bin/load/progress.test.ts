import { expect, it } from "vitest";
import type { Progress } from "../../harness/load/index.ts";
import { describeProgress } from "./progress.ts";

const busy: Progress = {
  phase: "traffic",
  elapsedMs: 3_599_000,
  leftMs: 3_599_000,
  clients: 20_000,
  point: {
    at: 0,
    clients: 20_000,
    rates: { sent: 12_000, delivered: 24_000 },
    metrics: { msg_e2e: { count: 1, p50: 12.34, p99: 1234.56, max: 2000 } },
  },
  violations: 12,
  errors: 345,
};

it("says everything where there is room", () => {
  expect(describeProgress(busy)).toBe(
    "59m59s  traffic · 20000 clients · 12000 sent/s · 24000 delivered/s · p50 12.3 ms · msg_e2e p99 1234.6 ms · " +
      "12 violations · 345 errors · 59m59s left",
  );
});

it("fits 80 columns, and keeps what went wrong", () => {
  const line = describeProgress(busy, 79);
  expect(line.length).toBeLessThanOrEqual(79);
  expect(line).toContain("12 violations · 345 errors");
  expect(describeProgress(busy, 50)).toBe("59m59s  traffic · 12 violations · 345 errors");
});

it("keeps the tail latency in 80 columns when all is well", () => {
  const line = describeProgress({ ...busy, clients: 500, errors: 0, violations: 0 }, 79);
  expect(line.length).toBeLessThanOrEqual(79);
  expect(line).toContain("12000 sent/s · msg_e2e p99 1234.6 ms · 0 violations");
});

it("tells logins while clients come up", () => {
  const point = { at: 0, clients: 5, rates: { logins: 3 }, metrics: {} };
  const line = describeProgress({ ...busy, phase: "ramp", leftMs: undefined, point, violations: 0, errors: 0 });
  expect(line).toBe("59m59s  bringing clients up · 20000 clients · 3 logins/s · 0 violations");
});
