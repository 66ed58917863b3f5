import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { readSettings } from "../k6/settings.ts";
import { composeK6Result } from "../k6/summary.ts";
import { type LoadResult, validateResult, writeResult } from "../result/index.ts";
import { mergeInstances, NOT_MERGEABLE } from "./merge-instances.ts";
import { readInstances } from "./read-instances.ts";
import { K6Samples, SAMPLES_FILE } from "./samples.ts";

const root = await mkdtemp(join(tmpdir(), "cupping-merge-"));
afterAll(() => rm(root, { recursive: true }));

const BEGIN = Date.parse("2026-01-01T00:00:00.000Z");

/** The values at these percentiles, as k6 has them in its summary. */
function percentiles(values: readonly number[]): Record<string, number> {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (percent: number): number => sorted[Math.ceil((percent / 100) * sorted.length) - 1] as number;
  const avg = values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    avg,
    min: at(0.001),
    med: at(50),
    max: at(100),
    "p(90)": at(90),
    "p(95)": at(95),
    "p(99)": at(99),
    "p(99.9)": at(99.9),
    count: values.length,
  };
}

/** The result of a pod with these latencies, as its k6 wrote it. */
function pod(values: readonly number[], changes: { run?: string; threshold?: string; loss?: number } = {}): LoadResult {
  const settings = readSettings({ CUPPING_RUN: changes.run ?? "run-1", CUPPING_DURATION: "10s" }, { vus: 2, rate: 5 });
  const counter = (count: number) => ({ type: "counter", values: { count } });
  const result = composeK6Result(
    {
      state: { testRunDurationMs: 10_000 },
      metrics: {
        msg_ack: {
          type: "trend",
          values: percentiles(values),
          thresholds: { [changes.threshold ?? "p(99)<200"]: { ok: true } },
        },
        logins: counter(4),
        loss_checked: counter(values.length),
        loss_violations: counter(changes.loss ?? 0),
      },
    },
    settings,
    { name: "chat", usersPerVu: 2, keepsConnection: true },
  );
  return { ...result, run: { ...result.run, startedAt: new Date(BEGIN).toISOString() } };
}

/** Samples as k6 exports them, one every 100 ms. */
function samplesOf(values: readonly number[]): string {
  return values
    .map((value, index) => {
      const time = new Date(BEGIN + index * 100).toISOString();
      return JSON.stringify({ metric: "msg_ack", type: "Point", data: { time, value, tags: { scenario: "chat" } } });
    })
    .join("\n");
}

async function podFolder(name: string, result: LoadResult, samples?: string): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder, { recursive: true });
  await writeResult(folder, result);
  if (samples !== undefined) await writeFile(join(folder, SAMPLES_FILE), gzipSync(samples));
  return folder;
}

const fast = Array.from({ length: 100 }, (_, index) => 1 + index / 100);
const slow = Array.from({ length: 100 }, (_, index) => 100 + index);

describe("pods that exported their samples", () => {
  test("give the percentiles that one pod with all samples would have given, and a course over time", async () => {
    const folders = [
      await podFolder("a", pod(fast), samplesOf(fast)),
      await podFolder("b", pod(slow), samplesOf(slow)),
    ];
    const merged = await readInstances(folders);
    expect(await validateResult(merged)).toBeUndefined();
    const one = new K6Samples();
    const whole = await podFolder("whole", pod([...fast, ...slow]), `${samplesOf(fast)}\n${samplesOf(slow)}`);
    await one.addFile(join(whole, SAMPLES_FILE));
    const expected = one.enrich(pod([...fast, ...slow]));
    const { histogram: _merged, ...figures } = merged.metrics["msg_ack"] ?? {};
    const { histogram: _expected, ...expectedFigures } = expected.metrics["msg_ack"] ?? {};
    expect(figures).toEqual(expectedFigures);
    // The mean of the pods' p99, which is what must never be told, is about 100.
    expect(merged.metrics["msg_ack"]?.p99).toBeGreaterThan(190);
    expect(merged.options).toMatchObject({ pods: 2, merged: "histograms", vus: 4 });
    expect(merged.series.map(({ at }) => at)).toEqual(Array.from({ length: 10 }, (_, second) => second * 1000));
    expect(merged.series[0]?.metrics["msg_ack"]).toMatchObject({ count: 20 });
  });

  test("may share a folder, each under its own name", async () => {
    const shared = await podFolder("shared", pod(fast));
    const paths: string[] = [];
    for (const [name, values] of [
      ["p-1", fast],
      ["p-2", slow],
    ] as const) {
      const path = join(shared, `${name}.result.json`);
      await writeFile(path, JSON.stringify(pod(values)));
      await writeFile(join(shared, `${name}.samples.json.gz`), gzipSync(samplesOf(values)));
      paths.push(path);
    }
    expect((await readInstances(paths)).options).toMatchObject({ pods: 2, merged: "histograms" });
  });

  test("have their thresholds judged again on all samples", async () => {
    const folders = [
      await podFolder("c", pod(fast, { threshold: "p(99)<197.5" }), samplesOf(fast)),
      await podFolder("d", pod(slow, { threshold: "p(99)<197.5" }), samplesOf(slow)),
    ];
    const [threshold] = (await readInstances(folders)).thresholds;
    expect(threshold?.ok).toBe(true);
    expect(threshold?.value).toBeGreaterThan(190);
  });
});

describe("pods without samples", () => {
  const merged = mergeInstances([pod(fast), pod(slow)]);

  test("keep their percentiles beside each other, and none is made for all", () => {
    expect(merged.metrics["msg_ack"]).toMatchObject({ count: 200, min: 1, max: 199, p50: null, p99: null, p999: null });
    expect(merged.metrics["msg_ack (pod 1)"]?.p99).toBe(1.98);
    expect(merged.metrics["msg_ack (pod 2)"]?.p99).toBe(198);
    expect(merged.options?.["merged"]).toBe(NOT_MERGEABLE);
    expect(merged.reasons).toEqual([`msg_ack: ${NOT_MERGEABLE}, since not every pod exported its samples`]);
    expect(merged.verdict).toBe("pass");
  });

  test("make a valid result with exact counts and mean", async () => {
    expect(await validateResult(merged)).toBeUndefined();
    expect(merged.metrics["msg_ack"]?.mean).toBeCloseTo((1.495 + 149.5) / 2);
    expect(merged.clients).toMatchObject({ requested: 8, peak: 8 });
    expect(merged.checks["loss"]).toMatchObject({ checked: 200, violations: 0 });
  });

  test("pass a percentile threshold only when every pod did", () => {
    expect(merged.thresholds).toEqual([{ expression: "msg_ack: p(99)<200", value: null, ok: true }]);
    const crossed = mergeInstances([fast, slow].map((values) => pod(values, { threshold: "p(99)<100" })));
    expect(crossed.thresholds[0]?.ok).toBe(false);
    expect(crossed.verdict).toBe("fail");
  });
});

test("a violation in one pod fails the whole", () => {
  const merged = mergeInstances([pod(fast), pod(slow, { loss: 3 })]);
  expect(merged).toMatchObject({ verdict: "fail", checks: { loss: { violations: 3 } } });
});

test("results of different runs are refused", () => {
  expect(() => mergeInstances([pod(fast), pod(slow, { run: "run-2" })])).toThrow(
    expect.objectContaining({ code: "usage" }),
  );
  expect(() => mergeInstances([pod(fast), { ...pod(slow), scenario: "login" }])).toThrow(/is of the scenario login/);
});

test("a samples file that is not what k6 writes is refused with its name", async () => {
  const folder = await podFolder("broken", pod(fast), "hello");
  await expect(readInstances([folder])).rejects.toThrow(/broken.samples\.json\.gz cannot be read as samples of k6/);
});
