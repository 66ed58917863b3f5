import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { LocalServer } from "../../server-ref/testing/local-server.ts";
import { NOTICED_PAUSE_MS } from "../measure/awake-clock.ts";
import { parseThreshold, TargetUsage } from "../measure/index.ts";
import { type LoadResult, validateResult } from "../result/index.ts";
import { CorrectedLatencies } from "./corrected-latencies.ts";
import { decideHttpPlan, runHttpLoad } from "./index.ts";

const HEAD = { seed: 1, durationMs: 0, command: "test", partial: false };

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function referenceApi(): Promise<string> {
  const server = await LocalServer.start();
  cleanUps.push(() => server[Symbol.asyncDispose]());
  return server.http;
}

/** An HTTP API that answers everything with this. */
async function fixedApi(status: number, body: string): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUps.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function load(
  url: string,
  settings: { rate?: string; duration?: string },
  thresholds: string[] = [],
): Promise<LoadResult> {
  return runHttpLoad({
    url,
    plan: decideHttpPlan({ rate: "40", duration: "2s", ramp: "1s", connections: 5, ...settings }),
    thresholds: thresholds.map(parseThreshold),
    run: { ...HEAD, id: randomUUID(), startedAt: new Date().toISOString() },
    tool: { name: "cupping", version: "0" },
    target: { url, transport: "tcp", startedBy: "external" },
    targetUsage: new TargetUsage({ http: url, usage: async () => undefined }),
    interrupt: new AbortController().signal,
  });
}

test("the reference server's API shows no fault: registrations are new users, nicknames and health are answered", async () => {
  const result = await load(await referenceApi(), {}, ["http_register: p(99)<10000"]);
  // A machine that is busy with other things may answer too few requests; that is no fault of an answer.
  const faults = result.reasons.filter((reason) => !/busy all the time|requests per second/.test(reason));
  expect(faults).toEqual([]);
  expect(await validateResult(result)).toBeUndefined();
  expect(result.targetUsage?.from).toEqual(["metrics"]);
  expect(result.series.some(({ harness, target }) => harness?.cpu && target?.eventLoopDelayMs !== undefined)).toBe(
    true,
  );
  for (const metric of ["http_register", "http_nickname", "http_health"]) {
    expect(result.metrics[metric]?.count, metric).toBeGreaterThan(5);
    expect(result.metrics[metric]?.histogram, metric).toBeDefined();
  }
  expect(result.checks["answers"]).toMatchObject({ violations: 0 });
  expect(result.series.length).toBeGreaterThan(1);
  expect(result.phases?.map(({ name }) => name)).toEqual(["ramp", "steady"]);
});

test("answers that are no success fail the run, told in words", async () => {
  const result = await load(await fixedApi(200, '{"error_code":201}'), {});
  expect(result.verdict).toBe("fail");
  expect(result.reasons[0]).toMatch(/^\d+ violations of answers$/);
  const texts = result.checks["answers"]?.examples.map(({ text }) => text);
  expect(texts).toContain("a nickname request was answered with error_code 201");
});

test("a crossed threshold fails the run, and ends it when it says so", async () => {
  const result = await load(await referenceApi(), { duration: "60s" }, ["http_nickname: p(50)<0.0001 abortOnFail"]);
  expect(result.verdict).toBe("fail");
  expect(result.thresholds).toEqual([
    { expression: "http_nickname: p(50)<0.0001 abortOnFail", value: expect.any(Number), ok: false, aborted: true },
  ]);
});

test("a target that is not there fails the run", async () => {
  const result = await load("http://127.0.0.1:1", {});
  expect(result.verdict).toBe("fail");
  expect(result.reasons.join()).toContain("ECONNREFUSED");
});

test("what fails while the generator stands still is not blamed on the target", { timeout: 60_000 }, async () => {
  let requests = 0;
  const server = createServer((request, response) => {
    if (++requests !== 30) return void response.writeHead(200).end('{"error_code":200}');
    // This process is the generator's: nothing of it runs meanwhile, and the target has lost patience by then.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, NOTICED_PAUSE_MS + 500);
    request.socket.resetAndDestroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUps.push(() => new Promise((resolve) => server.close(resolve)));
  const result = await load(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { duration: "7s" });
  expect(result.reasons[0]).toMatch(/^the generator stood still for \d+\.\d s at a time/);
  expect(result.reasons.join()).toMatch(/requests failed: ECONNRESET/);
  expect(result).toMatchObject({ verdict: "invalid", harness: { saturated: true, limit: "machine" } });
});

describe("corrected latencies", () => {
  test("count the requests that a waiting connection left out", () => {
    const latencies = new CorrectedLatencies(100);
    for (let index = 0; index < 10; index++) latencies.record(5);
    latencies.record(1000);
    // Nine more were due while the connection waited: 900 ms, 800 ms … 100 ms.
    expect(latencies.histogram.count).toBe(20);
    expect(latencies.histogram.percentile(75) / 1000).toBeCloseTo(500, -1);
  });
});

describe("the plan", () => {
  test("shares the rate among the kinds of requests", () => {
    expect(decideHttpPlan({ mix: "register=1,nickname=3" }).mix).toEqual({ register: 0.25, nickname: 0.75 });
  });

  test.each([
    [{ rate: "fast" }, /--rate "fast" is not a rate/],
    [{ rate: "Infinity" }, /--rate "Infinity" is not a rate/],
    [{ rate: "0.5/s" }, /--rate must be at least 1\/s/],
    [{ connections: 0 }, /--connections takes a whole number from 1 up, but got 0/],
    [{ duration: "10ms" }, /--duration must be at least 1s/],
    [{ mix: "login=1" }, /--mix "login=1" is not known; expected shares of register, nickname, health/],
  ])("%j is refused", (settings, message) => {
    expect(() => decideHttpPlan(settings)).toThrow(expect.objectContaining({ code: "usage" }));
    expect(() => decideHttpPlan(settings)).toThrow(message);
  });
});
