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
