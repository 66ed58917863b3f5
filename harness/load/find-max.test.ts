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

/** A run whose measurement is not valid, since samples are too few or the generator was the limit. */
function notValid(why: "too few" | "generator"): LoadResult {
  return {
    verdict: "invalid",
    reasons: [why],
    run: { partial: false },
    harness: { saturated: why === "generator" },
    errors: {},
    clients: { failures: {} },
    metrics: { msg_ack: { count: 20 } },
    thresholds: [{ expression: "msg_ack: p(99)<500", value: 1, ok: true }],
  } as unknown as LoadResult;
}

it("goes up while samples are too few, and never takes such a try for a failed one", async () => {
  const judge = pretend(700);
  const measure = async (value: number) => (value < 100 ? notValid("too few") : judge(value));
  const { capacity } = await findMax({ of: "rate", start: 20, ceiling: 100_000, measure });
  expect(capacity.tried.slice(0, 4).map(({ value, verdict }) => [value, verdict])).toEqual([
    [20, "invalid"],
    [40, "invalid"],
    [80, "invalid"],
    [160, "pass"],
  ]);
  expect(capacity.found).toBeGreaterThan(700 * 0.95);
  expect(capacity.limit).toMatch(/^too much at \d+\/s$/);
});

it("says that it is not known when samples are too few up to the ceiling", async () => {
  const measure = async () => notValid("too few");
  const { capacity, result } = await findMax({ of: "rate", start: 20, ceiling: 50, measure });
  expect(capacity.tried.map(({ value }) => value)).toEqual([20, 40, 50]);
  expect(capacity).toMatchObject({
    found: 0,
    limit: expect.stringMatching(/^not known: .*too few samples; run longer/),
  });
  expect(result.verdict).toBe("invalid");
});

it("runs again what was not valid, and stays below what never is", async () => {
  let disturbances = 1;
  const judge = pretend(100_000);
  const measure = async (value: number) => {
    if (value === 200 && disturbances-- > 0) return notValid("generator");
    return value > 1_000 ? notValid("generator") : judge(value);
  };
  const { capacity, result } = await findMax({ of: "rate", start: 100, ceiling: 100_000, measure });
  expect(capacity.found).toBeGreaterThan(950);
  expect(capacity.limit).toMatch(/^unknown, because the measurement was not valid: generator at \d+\/s$/);
  expect(capacity.confidence).toMatch(/passed 2 of 2 runs at \d+\/s; at \d+\/s no measurement was valid/);
  expect(result.verdict).toBe("pass");
});

it("ends with what it found when it is interrupted", async () => {
  const interrupt = new AbortController();
  const judge = pretend(10_000);
  const measure = async (value: number) => {
    if (value === 400) interrupt.abort();
    interrupt.signal.throwIfAborted();
    return judge(value);
  };
  const { signal } = interrupt;
  const { capacity, result } = await findMax({ of: "rate", start: 100, ceiling: 100_000, measure, interrupt: signal });
  expect(capacity).toMatchObject({ found: 200, limit: "not known: the search was interrupted" });
  expect(result.run.partial).toBe(true);
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
