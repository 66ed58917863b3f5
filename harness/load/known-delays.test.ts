import { describe, expect, it } from "vitest";
import type { LoadResult } from "../result/index.ts";
import type { LoadSettings } from "./settings.ts";
import { decodeHistogram } from "./testing/decode-histogram.ts";
import { FakeServer } from "./testing/fake-server.ts";
import type { Faults } from "./testing/faults.ts";
import { loadFake } from "./testing/load-fake.ts";

const chat = new URL("./testing/chat-scenario.ts", import.meta.url);

async function load(faults: Faults, settings: LoadSettings): Promise<LoadResult> {
  const server = await FakeServer.start(faults);
  try {
    return await loadFake(server, chat, { ramp: "1s", warmup: "0s", spacing: "uniform", ...settings });
  } finally {
    await server.die();
  }
}

/** What the generator itself and the machine's other work may add to a latency: measured in the same run. */
function slack(result: LoadResult): number {
  return (result.metrics["msg_ack"]?.p50 ?? 0) + (result.harness.eventLoopDelayMs ?? 0);
}

/** Above this, nine in ten ordinary messages take longer than the precision to be proven: other work is in the way. */
const QUIET_P90_MS = 2;

// A pause of the machine in the wrong second spoils a run; a fault of the measuring would spoil every one.
describe("known delays", { retry: 2 }, () => {
  it("50 ms on 1% of the messages show at the percentiles where they are", async (context) => {
    // So many users that a delayed message seldom keeps its sender's next one waiting.
    const result = await load(
      { delay: { every: 100, millis: 50 } },
      { clients: 2000, rate: 500, duration: "10s", drain: "3s" },
    );
    const p90 = result.metrics["msg_ack"]?.p90 ?? 0;
    context.skip(
      result.harness.saturated || p90 > QUIET_P90_MS,
      `the machine is too busy to prove 2 ms: p90 is ${p90} ms`,
    );
    const acks = decodeHistogram(result.metrics["msg_ack"]);
    expect(result.metrics["msg_ack"]?.count).toBe(5000);
    for (const percent of [99.2, 99.5]) {
      expect(acks.percentile(percent) / 1000).toBeGreaterThanOrEqual(50);
      expect(acks.percentile(percent) / 1000).toBeLessThan(52 + slack(result));
    }
    expect(acks.percentile(98.5) / 1000).toBeLessThan(50);
  });

  it("a stall of 2 s at 1000/s gives the 99th percentile that arithmetic predicts, with nothing left out", async (context) => {
    const durationSeconds = 10;
    const stall = { afterMessages: 3000, millis: 2000 };
    const result = await load({ stall }, { clients: 500, rate: 1000, duration: `${durationSeconds}s`, drain: "5s" });
    // What is due at second t of the stall waits 2 - t seconds: the slowest 1% are those due in its first moments.
    const slowest = 0.01 * durationSeconds * 1000;
    const predicted = stall.millis - slowest;
    expect(result.metrics["msg_ack"]?.count).toBe(1000 * durationSeconds);
    expect(result.metrics["msg_e2e"]?.count).toBe(1000 * durationSeconds);
    // Half of the messages were due outside of the stall and its aftermath: they show how busy the machine is.
    const p50 = result.metrics["msg_ack"]?.p50 ?? 0;
    context.skip(result.harness.saturated || p50 > QUIET_P90_MS, `the machine is too busy to judge: p50 is ${p50} ms`);
    const p99 = result.metrics["msg_ack"]?.p99 ?? 0;
    expect(Math.abs(p99 - predicted) / predicted).toBeLessThan(0.05);
    expect(result.checks["loss"]?.violations).toBe(0);
  });
});
