import { describe, expect, it } from "vitest";
import type { MachineUsage } from "../result/index.ts";
import { formatDuration, parseDuration } from "./duration.ts";
import { LatencyHistogram } from "./latency-histogram.ts";
import type { Limit } from "./limit.ts";
import { Recorder } from "./recorder.ts";
import { type MetLimit, SaturationJudge } from "./saturation.ts";
import type { SelfSample } from "./self-monitor.ts";
import { evaluate, parseThreshold, requireKnownMetric } from "./threshold.ts";
import { Totals } from "./totals.ts";

describe("histograms", () => {
  it("merged from several workers equals one with all samples", () => {
    const single = new LatencyHistogram();
    const merged = new LatencyHistogram();
    const workers = [new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram()];
    for (let n = 0; n < 30_000; n++) {
      const micros = 100 + ((n * 7919) % 1_000_003);
      single.record(micros);
      workers[n % 3]?.record(micros);
    }
    for (const worker of workers) merged.merge(worker.encode());
    for (const percent of [0, 1, 25, 50, 90, 99, 99.9, 99.99, 100]) {
      expect(merged.percentile(percent)).toBe(single.percentile(percent));
    }
    expect([merged.count, merged.sum, merged.min, merged.max]).toEqual([
      single.count,
      single.sum,
      single.min,
      single.max,
    ]);
    expect(merged.encode().data).toBe(single.encode().data);
  });

  it("keep three digits, and count what is longer than ten minutes as ten minutes", () => {
    const histogram = new LatencyHistogram();
    histogram.record(1_234_567);
    expect(Math.abs(histogram.percentile(50) - 1_234_567) / 1_234_567).toBeLessThan(0.001);
    histogram.record(1e12);
    expect(histogram.max).toBe(600_000_000);
  });
});

it("a recorder sorts samples by their intended time, not by when they came", () => {
  const recorder = new Recorder();
  recorder.setMeasuredTime(1000, 2000);
  recorder.latency("msg_ack", 5, 999);
  recorder.latency("msg_ack", 5_000_000, 1999);
  recorder.latency("msg_ack", 5, 2000);
  recorder.latency("login", 5, 0);
  const flush = recorder.flush();
  expect(flush.measured["msg_ack"]?.count).toBe(1);
  expect(flush.measured["msg_ack"]?.max).toBe(5_000_000);
  expect(flush.outside["msg_ack"]?.count).toBe(2);
  expect(flush.measured["login"]?.count).toBe(1);
  expect(recorder.flush()).toMatchObject({ measured: {}, outside: {}, counts: {} });
});

describe("thresholds", () => {
  const totals = new Totals();
  const recorder = new Recorder();
  recorder.setMeasuredTime(0, 10);
  for (let n = 1; n <= 100; n++) recorder.latency("msg_ack", n * 1000, 1);
  recorder.count("sent", 1);
  totals.add(recorder.flush());
  const figures = { totals, violations: 2, clientsFailed: 0, measuredSeconds: 10 };

  it.each([
    ["msg_ack: p(99)<100", true],
    ["msg_ack: p(99)<98", false],
    ["msg_ack:avg<=50.5", true],
    ["msg_ack: max<100", false],
    ["msg_ack: med>49", true],
    ["msg_ack: count==100", true],
    ["msg_ack: rate>=10", true],
    ["sent: count==1", true],
    ["violations: count==0", false],
    ["clients_failed: count<1", true],
    // What was never measured does not pass.
    ["msg_e2e: p(99)<1000", false],
  ])("%s is %s", (expression, ok) => {
    expect(evaluate(parseThreshold(expression), figures).ok).toBe(ok);
  });

  it("read abortOnFail as k6 does", () => {
    const threshold = parseThreshold("msg_ack: p(95)<200 abortOnFail delayAbortEval=10s");
    expect(threshold).toMatchObject({ abortOnFail: true, delayAbortMs: 10_000 });
  });

  it.each(["msg_ack p(99)<1", "msg_ack: p(101)<1", "msg_ack: p(9)<x", "sent: avg<1", "msg_ack: avg<1 soon"])(
    "refuse %s",
    (expression) => {
      expect(() => parseThreshold(expression)).toThrow(/--threshold/);
    },
  );

  it("refuse a metric that does not exist", () => {
    expect(() => requireKnownMetric(parseThreshold("latency: avg<1"), [])).toThrow(/no metric "latency".*msg_ack/);
    expect(() => requireKnownMetric(parseThreshold("back: avg<1"), ["back"])).not.toThrow();
  });
});

describe("durations", () => {
  it.each([
    ["30s", 30_000],
    ["500ms", 500],
    ["1h30m", 5_400_000],
    ["2", 2000],
    ["1.5s", 1500],
  ])("%s is %i ms", (text, millis) => {
    expect(parseDuration(text, "--x")).toBe(millis);
  });

  it.each(["", "soon", "3x", "-1s", "1s2"])("refuses %j", (text) => {
    expect(() => parseDuration(text, "--ramp")).toThrow(/--ramp/);
  });

  it("are written as people do", () => {
    expect([400, 1500, 90_000, 3_600_000].map(formatDuration)).toEqual(["400ms", "1.5s", "1m30s", "1h"]);
  });
});

describe("the judge of saturation", () => {
  const calm: SelfSample = {
    intervalMs: 1000,
    cpu: 0.2,
    waiting: 0.01,
    rssBytes: 1,
    eventLoopUtilization: 0.2,
    eventLoopDelayP99Ms: 1,
    eventLoopDelayMaxMs: 3,
    gc: 0,
    lateness: undefined,
    longestPauseMs: 0,
  };
  const judge = (sample: Partial<SelfSample>, latencyP99Ms?: number, machine?: MachineUsage): MetLimit | undefined => {
    const saturation = new SaturationJudge();
    for (let second = 0; second < 10; second++) {
      saturation.addMeasured({ ...calm, ...sample });
      saturation.addLateness({ ...calm, ...sample });
    }
    return saturation.judge(latencyP99Ms, machine);
  };
  const late = new LatencyHistogram();
  for (let n = 0; n < 100; n++) late.record(60_000);

  it("is content with a calm generator", () => {
    expect(judge({}, 5)).toBeUndefined();
  });

  it("sees a loop that is always busy, one that is blocked, and messages that leave late", () => {
    expect(judge({ eventLoopUtilization: 1 })?.reasons[0]).toMatch(/never idle in 100% .*use more workers/);
    expect(judge({ eventLoopDelayP99Ms: 80 }, 90)?.reasons[0]).toMatch(/held up for 80/);
    expect(judge({ lateness: late.encode() }, 70)?.reasons[0]).toMatch(/more than 60.* ms after their intended time/);
  });

  it("does not mind lateness that is small beside what was measured", () => {
    expect(judge({ lateness: late.encode() }, 1900)).toBeUndefined();
  });

  const quiet: MachineUsage = { runnable: 1, steal: 0, pressure: 0.01, cpus: 2 };
  const crowded: MachineUsage = { runnable: 12.3, steal: 0, pressure: 0.98, cpus: 2 };
  const robbed: MachineUsage = { runnable: 1, steal: 0.3, pressure: 0.1, cpus: 2 };

  it.each<[string, Partial<SelfSample>, MachineUsage, Limit]>([
    ["a generator at work all the time", { cpu: 0.98, waiting: 0.02 }, quiet, "generator"],
    ["a generator at work all the time on a full machine", { cpu: 0.95, waiting: 0.05 }, crowded, "generator"],
    ["one that blocks itself now and then", { cpu: 0.4, waiting: 0.01 }, quiet, "generator"],
    ["one that is ready and waits in a run queue", { cpu: 0.03, waiting: 0.05 }, crowded, "machine"],
    ["half on a processor, half in the queue", { cpu: 0.5, waiting: 0.5 }, crowded, "machine"],
    ["an idle one whose hypervisor takes the time", { cpu: 0.2, waiting: 0 }, robbed, "machine"],
    ["where nobody tells of run queues, a crowd", { cpu: 0.2, waiting: undefined }, crowded, "machine"],
    ["where nobody tells of run queues, nobody else", { cpu: 0.2, waiting: undefined }, quiet, "generator"],
  ])("tells the generator's limit from the machine's: %s", (_, sample, machine, limit) => {
    expect(judge({ ...sample, lateness: late.encode() }, 70, machine)?.limit).toBe(limit);
  });

  it("gives a busy machine the advice that helps there", () => {
    const sentence = judge({ cpu: 0.03, waiting: 0.2, lateness: late.encode() }, 70, crowded)?.reasons[0];
    expect(sentence).toMatch(/this machine was too busy to measure on \(the generator waited for a processor in 20% /);
    expect(sentence).toMatch(/12\.3 processes wanted to run at a time on 2 processors/);
    expect(sentence).toMatch(/end what else runs here.*more workers do not help/);
    expect(judge({ lateness: late.encode() }, 70, robbed)?.reasons[0]).toMatch(/hypervisor kept 30% .*of its own/);
  });
});
