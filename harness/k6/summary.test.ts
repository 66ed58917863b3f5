import { describe, expect, test } from "vitest";
import { validateResult } from "../result/schema.ts";
import { readSettings } from "./settings.ts";
import { composeK6Result, type K6Summary } from "./summary.ts";

const settings = readSettings(
  { CUPPING_RUN: "run-1", CUPPING_URL: "ws://10.0.0.1:8001", CUPPING_DURATION: "10s" },
  { vus: 4, rate: 8 },
);
const scenario = { name: "chat", usersPerVu: 2, keepsConnection: true };

const trend = (count: number): { type: string; values: Record<string, number> } => ({
  type: "trend",
  values: { avg: 2, min: 1, med: 2, max: 9, "p(90)": 3, "p(95)": 4, "p(99)": 5, "p(99.9)": 8, count },
});
const counter = (count: number): { type: string; values: Record<string, number> } => ({
  type: "counter",
  values: { count, rate: count / 10 },
});

/** What k6 hands over after a good run, with changes. */
function summaryWith(metrics: K6Summary["metrics"] = {}): K6Summary {
  return {
    state: { testRunDurationMs: 12_000 },
    metrics: {
      msg_ack: trend(80),
      login: trend(8),
      logins: counter(8),
      order_checked: counter(80),
      loss_checked: counter(80),
      dropped_iterations: { ...counter(0), thresholds: { "count==0": { ok: true } } },
      ...metrics,
    },
  };
}

const compose = (metrics?: K6Summary["metrics"]) => composeK6Result(summaryWith(metrics), settings, scenario);

test("a good run is a valid result that passes", async () => {
  const result = compose();
  expect(await validateResult(result)).toBeUndefined();
  expect(result).toMatchObject({
    verdict: "pass",
    reasons: [],
    run: { id: "run-1", durationMs: 12_000 },
    target: { url: "ws://10.0.0.1:8001", transport: "ws" },
    clients: { requested: 8, peak: 8, failed: 0 },
    checks: { order: { checked: 80, violations: 0 }, loss: { checked: 80, violations: 0 } },
    metrics: { msg_ack: { count: 80, rate: 8, p50: 2, p99: 5, p999: 8, max: 9 } },
    thresholds: [{ expression: "dropped_iterations: count==0", value: 0, ok: true }],
  });
});

test("the result says what k6 cannot do", () => {
  const { options } = compose();
  expect(options?.["measuredBy"]).toBe("k6");
  expect(String(options?.["limits"])).toMatch(/drops an iteration.*percentiles, not histograms/s);
});

describe("thresholds", () => {
  const settingsWith = (...thresholds: string[]) => ({ ...settings, thresholds });
  const ofK6 = (threshold: string, ok: boolean) => ({ thresholds: { [threshold]: { ok } } });

  test("on nothing are crossed, whatever k6 says", () => {
    const nothing = { ...trend(0), ...ofK6("avg<1", true) };
    expect(compose({ fanout: nothing })).toMatchObject({
      verdict: "fail",
      thresholds: [{}, { expression: "fanout: avg<1", value: null, ok: false }],
    });
    expect(
      compose({ checks: { type: "rate", values: { rate: 0, passes: 0, fails: 0 }, ...ofK6("rate==1", true) } }),
    ).toMatchObject({
      verdict: "pass",
    });
  });

  test("on the count or rate of a latency are judged, though k6 cannot", () => {
    const texts = ["msg_ack: count>=80", "msg_ack: rate>8", "msg_e2e: count>0"];
    const { thresholds, verdict } = composeK6Result(summaryWith(), settingsWith(...texts), scenario);
    expect(thresholds.slice(1)).toEqual([
      { expression: "msg_ack: count>=80", value: 80, ok: true },
      { expression: "msg_ack: rate>8", value: 8, ok: false },
      { expression: "msg_e2e: count>0", value: 0, ok: false },
    ]);
    expect(verdict).toBe("fail");
  });

  test("on percentiles that k6's summary lacks are as k6 judged them", () => {
    const { thresholds } = compose({ msg_ack: { ...trend(80), ...ofK6("p(42)<1", false) } });
    expect(thresholds).toContainEqual({ expression: "msg_ack: p(42)<1", value: null, ok: false });
  });
});

describe("the verdict", () => {
  test("is fail for a violation", () => {
    const { verdict, reasons } = compose({ order_violations: counter(1), violations: counter(1) });
    expect({ verdict, reasons }).toEqual({ verdict: "fail", reasons: ["1 violation of order"] });
  });

  test("is invalid when k6 dropped iterations, whatever the thresholds say", () => {
    const { verdict, reasons, harness } = compose({
      dropped_iterations: { ...counter(5), thresholds: { "count==0": { ok: false } } },
      msg_ack: { ...trend(80), thresholds: { "p(99)<1": { ok: false } } },
    });
    expect(verdict).toBe("invalid");
    expect(reasons[0]).toContain("k6 dropped 5 iterations");
    expect(harness.saturated).toBe(true);
  });

  test("is invalid when messages left late by more than the latencies allow", () => {
    const late = (p99: number) => ({ ...trend(80), values: { ...trend(80).values, "p(99)": p99, max: p99 } });
    expect(compose({ send_lateness: late(20) })).toMatchObject({ verdict: "pass", harness: { maxLateMs: 20 } });
    const { verdict, reasons } = compose({ send_lateness: late(30) });
    expect(verdict).toBe("invalid");
    expect(reasons[0]).toMatch(/left more than 30\.0 ms after their intended time because of k6 itself/);
    expect(compose({ send_lateness: late(30), msg_e2e: { ...trend(80), values: late(200).values } }).verdict).toBe(
      "pass",
    );
  });

  test("is fail for a violation even when k6 dropped iterations", () => {
    const changed = { dropped_iterations: counter(5), loss_violations: counter(2) };
    expect(compose(changed)).toMatchObject({ verdict: "fail" });
    expect(compose(changed).reasons).toHaveLength(2);
  });

  test("is fail for a crossed threshold, which is told with its value", () => {
    const { verdict, reasons } = compose({ msg_ack: { ...trend(80), thresholds: { "p(99)<1": { ok: false } } } });
    expect({ verdict, reasons }).toEqual({
      verdict: "fail",
      reasons: ["threshold msg_ack: p(99)<1 was crossed: it was 5"],
    });
  });

  test("is fail when clients could not log in or iterations broke off", () => {
    expect(compose({ clients_failed: counter(3) }).reasons).toEqual(["3 logins failed, of 8 users"]);
    expect(compose({ iterations_failed: counter(2) })).toMatchObject({ verdict: "fail" });
  });

  test("is invalid when nothing was measured", () => {
    const nothing = { state: { testRunDurationMs: 1000 }, metrics: {} };
    expect(composeK6Result(nothing, settings, scenario)).toMatchObject({
      verdict: "invalid",
      reasons: ["nothing was measured"],
    });
  });
});
