import { expect, it } from "vitest";
import { FakeServer } from "./testing/fake-server.ts";
import { loadFake } from "./testing/load-fake.ts";

const scenario = new URL("./testing/stopped-scenario.ts", import.meta.url);

it("a generator that was stopped for longer than an answer may take blames no target, and says so", async () => {
  const server = await FakeServer.start();
  const settings = { clients: 2, rate: 1, ramp: "0s", warmup: "0s", duration: "17s", drain: "1s" };
  const result = await loadFake(server, scenario, { ...settings, options: { seconds: 16 } });
  await server.die();
  expect(result.errors).toEqual({});
  expect(result.verdict).toBe("invalid");
  expect(result.reasons[0]).toMatch(/^the generator stood still for 1[5-9]\.\d s at a time /);
});

const paused = new URL("./testing/paused-scenario.ts", import.meta.url);

it("a generator that was stopped while its users came up does not hold that against the target's logins", async () => {
  const server = await FakeServer.start();
  const settings = { clients: 20, ramp: "3s", warmup: "0s", duration: "1s", drain: "1s", audit: false };
  const result = await loadFake(server, paused, {
    ...settings,
    thresholds: ["connect: p(95)<1000", "login: max<60000"],
  });
  await server.die();
  expect(result.thresholds.map(({ ok }) => ok)).toEqual([false, true]);
  expect(result.verdict).toBe("invalid");
  expect(result.reasons).toEqual([
    expect.stringMatching(
      /^threshold connect: p\(95\)<1000 was crossed \(it was \d+.*\), but the generator was held up for \d/,
    ),
  ]);
});

it("a target whose logins are slow is blamed for it by a generator that was in time", async () => {
  const server = await FakeServer.start({ logins: { millis: 1_500, oneByOne: false } });
  const settings = { clients: 20, ramp: "1s", warmup: "0s", duration: "1s", drain: "1s", audit: false };
  const options = { after: 0, seconds: 0 };
  const result = await loadFake(server, paused, { ...settings, options, thresholds: ["login: p(95)<1000"] });
  await server.die();
  expect(result.verdict).toBe("fail");
});

it("a target with short timers that gave up on users whose generator was stopped is not gone", async () => {
  const server = await FakeServer.start({ patienceMs: 2_500 });
  const settings = { clients: 20, ramp: "0s", warmup: "0s", duration: "8s", drain: "1s", heartbeat: "1s" };
  const result = await loadFake(server, paused, { ...settings, options: { after: 2, seconds: 4 } });
  await server.die();
  expect(Object.values(result.clients.failures ?? {})).toEqual([20]);
  expect(result.reasons.join("\n")).not.toContain("went away");
  expect(result.verdict).toBe("invalid");
  expect(result.reasons[0]).toMatch(/^the generator stood still for [34]\.\d s at a time /);
});
