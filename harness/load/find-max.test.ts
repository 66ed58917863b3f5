import { expect, it } from "vitest";
import { templateAccounts } from "../accounts/index.ts";
import type { LoadResult } from "../result/index.ts";
import { findMax, replayAccounts } from "./find-max.ts";
import { FakeServer } from "./testing/fake-server.ts";
import { loadFake } from "./testing/load-fake.ts";

const chat = new URL("./testing/chat-scenario.ts", import.meta.url);

/** A run that passes up to a limit. */
function pretend(limit: number): (value: number) => Promise<LoadResult> {
  return async (value) =>
    ({
      verdict: value <= limit ? "pass" : "fail",
      reasons: ["too much"],
      run: { partial: false },
    }) as unknown as LoadResult;
}

it.each([37, 100, 1000, 12_345])("finds a limit of %i within 5%", async (limit) => {
  const { capacity } = await findMax({ of: "clients", start: 100, ceiling: 1_000_000, measure: pretend(limit) });
  expect(capacity.found).toBeLessThanOrEqual(limit);
  expect(capacity.found).toBeGreaterThan(limit * 0.95);
  expect(capacity.limit).toMatch(/^too much at \d+ clients$/);
  expect(capacity.confidence).toMatch(/passed 2 of 2 runs at \d+ clients; the smallest that failed is \d+/);
});

it("stops at its ceiling and says so", async () => {
  const { capacity } = await findMax({ of: "rate", start: 100, ceiling: 500, measure: pretend(10_000) });
  expect(capacity.found).toBe(500);
  expect(capacity.limit).toContain("ceiling of 500/s");
});

it("finds the rate of a server that is capped at a known one within 5%", async (context) => {
  const cap = 300;
  const server = await FakeServer.start({ capPerSecond: cap });
  const accounts = replayAccounts(templateAccounts("fake{n}", "secret"));
  const settings = { clients: 200, ramp: "1s", warmup: "1s", duration: "6s", drain: "5s", spacing: "uniform" };
  const { capacity } = await findMax({
    of: "rate",
    start: 250,
    ceiling: 10_000,
    measure: (rate) =>
      loadFake(
        server,
        chat,
        { ...settings, rate, thresholds: ["msg_ack: p(99)<150 abortOnFail delayAbortEval=2s"] },
        { accounts: accounts() },
      ),
  });
  await server.die();
  // A try that failed for another reason than the cap says nothing about it.
  const disturbed = capacity.tried.find(
    ({ value, ok }) => (value <= cap && !ok) || capacity.limit.includes("generator"),
  );
  context.skip(disturbed !== undefined, `the machine is too busy: ${disturbed?.value}/s failed (${disturbed?.reason})`);
  expect(Math.abs(capacity.found - cap) / cap).toBeLessThan(0.05);
  expect(capacity.limit).toMatch(/threshold msg_ack: p\(99\)<150 .*was crossed/);
}, 300_000);
