import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openAccounts } from "../accounts/index.ts";
import { FakeServer } from "../load/testing/fake-server.ts";
import { loadFake } from "../load/testing/load-fake.ts";
import { validateResult } from "../result/index.ts";
import { startReferenceServer, type Target } from "../targets/index.ts";
import { TargetUsage } from "./target-usage.ts";

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

/** A server's metrics, written by hand. @param text asked for at each scrape */
async function metricsServer(text: () => string): Promise<string> {
  const server = createServer((request, response) => {
    response.statusCode = request.url === "/metrics" ? 200 : 404;
    response.end(text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUps.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const unseen: Pick<Target, "usage"> = { usage: async () => undefined };

describe("the target's usage", () => {
  it("is the growth of its counters; another process starts from its own zero", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    cleanUps.push(async () => vi.useRealTimers());
    const start = performance.now();
    let startedAt = 1;
    // Half a core, by the same clock that the watch reads.
    const http = await metricsServer(() =>
      [
        `process_cpu_seconds_total ${startedAt === 1 ? 100 + (performance.now() - start) / 2000 : 500}`,
        "process_resident_memory_bytes 1000",
        `process_start_time_seconds ${startedAt}`,
      ].join("\n"),
    );
    const watch = new TargetUsage({ ...unseen, http });
    expect(await watch.sample()).toEqual({ rssBytes: 1000 });
    vi.advanceTimersByTime(400);
    expect((await watch.sample())?.cpu).toBeCloseTo(0.5);
    startedAt = 2;
    expect(await watch.sample()).toEqual({ rssBytes: 1000 });
    expect(watch.describe()).toEqual({ from: ["metrics"], url: `${http}/metrics` });
  });

  it("counts as event loop delay only what is longer than the probe's own interval", async () => {
    const texts = [
      "nodejs_eventloop_lag_min_seconds 0.0100\nnodejs_eventloop_lag_p99_seconds 0.0112\n",
      "nodejs_eventloop_lag_min_seconds 0.2500\nnodejs_eventloop_lag_p99_seconds 0.3100\n",
    ];
    const http = await metricsServer(() => texts.shift() ?? "");
    const watch = new TargetUsage({ ...unseen, http: `${http}/` });
    expect(await watch.sample()).toEqual({ eventLoopDelayMs: 1.2 });
    expect(await watch.sample()).toEqual({ eventLoopDelayMs: 300 });
  });

  it("comes from the system rather than from the target where both are there", async () => {
    const http = await metricsServer(() => "process_resident_memory_bytes 1\nnodejs_eventloop_lag_p99_seconds 0.02\n");
    const usage = { cpuSeconds: 1, rssBytes: 7, rssPeakBytes: 7 };
    const watch = new TargetUsage({ usage: async () => usage, http });
    expect(await watch.sample()).toEqual({ rssBytes: 7, eventLoopDelayMs: 20 });
    expect(watch.describe().from).toEqual(["process", "metrics"]);
  });

  it("is absent without a word of alarm where nothing can be seen, and the reason is kept", async () => {
    const blind = new TargetUsage({ ...unseen, http: undefined });
    expect(await blind.sample()).toBeUndefined();
    expect(blind.describe()).toEqual({ from: [], missing: expect.stringMatching(/knows no HTTP address/) });
    const http = await metricsServer(() => "");
    const elsewhere = new TargetUsage({ ...unseen, http }, `${http}/nothing`);
    expect(await elsewhere.sample()).toBeUndefined();
    expect(elsewhere.describe()).toEqual({
      from: [],
      url: `${http}/nothing`,
      missing: `${http}/nothing answered 404`,
    });
  });
});

const chat = new URL("../load/testing/chat-scenario.ts", import.meta.url);
const short = { clients: 10, rate: 50, ramp: "1s", warmup: "0s", duration: "3s", audit: false };

describe("a load run", () => {
  it("draws CPU, memory and event loop delay of a server that it did not start from its metrics", async () => {
    const started = await startReferenceServer({ serveArguments: ["--password-cost=1"] });
    cleanUps.push(() => started.stop());
    const { address, addresses, http } = started;
    const target: Target = {
      ...{ startedBy: "external", address, addresses, http, control: undefined },
      ...{ logTail: () => [], usage: async () => undefined, stop: async () => undefined },
      [Symbol.asyncDispose]: async () => undefined,
    };
    const accounts = openAccounts({
      users: undefined,
      userTemplate: undefined,
      userPassword: undefined,
      http,
      seed: 7,
    });
    const result = await loadFake({ target }, chat, short, { accounts });
    expect(result.targetUsage).toEqual({ from: ["metrics"], url: `${http}/metrics` });
    const seen = result.series.flatMap(({ target: sample }) => sample ?? []);
    expect(seen.length).toBeGreaterThanOrEqual(2);
    expect(seen.every(({ rssBytes = 0 }) => rssBytes > 10_000_000)).toBe(true);
    expect(seen.some(({ cpu = 0 }) => cpu > 0)).toBe(true);
    expect(seen.every(({ eventLoopDelayMs = -1 }) => eventLoopDelayMs >= 0)).toBe(true);
    expect(await validateResult(result)).toBeUndefined();
  });

  it("says why a target without metrics is not drawn", async () => {
    const server = await FakeServer.start();
    cleanUps.push(() => server.die());
    const result = await loadFake(server, chat, short);
    expect(result.targetUsage).toMatchObject({ from: [], missing: expect.stringMatching(/no \/metrics was read/) });
    expect(result.series.every(({ target }) => target === undefined)).toBe(true);
    expect(await validateResult(result)).toBeUndefined();
  });
});
