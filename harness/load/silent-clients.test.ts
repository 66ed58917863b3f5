import { expect, test } from "vitest";
import { CLOSED_SILENT } from "./error-kinds.ts";
import { FakeServer } from "./testing/fake-server.ts";
import { loadFake } from "./testing/load-fake.ts";

const idle = new URL("../../scenarios/load/idle.ts", import.meta.url);

test("clients whose heartbeats are further apart than a target waits are not held against it", {
  timeout: 120_000,
}, async () => {
  const server = await FakeServer.start({ patienceMs: 60_000 });
  const settings = {
    clients: 4,
    ramp: "0s",
    warmup: "0s",
    duration: "75s",
    drain: "1s",
    heartbeat: "1h",
    audit: false,
  };
  const result = await loadFake(server, idle, settings);
  await server.die();
  expect(result.clients.failures).toEqual({ [`lost: ${CLOSED_SILENT}`]: 4 });
  expect(result.verdict).toBe("invalid");
  expect(result.reasons[0]).toMatch(/^4 of 4 clients were closed for their silence: .*; give a shorter --heartbeat$/);
});

test("a target that closes earlier than that is blamed for it", { timeout: 120_000 }, async () => {
  const server = await FakeServer.start({ patienceMs: 2_000 });
  const settings = { clients: 4, ramp: "0s", warmup: "0s", duration: "4s", drain: "1s", heartbeat: "1h", audit: false };
  const result = await loadFake(server, idle, settings);
  await server.die();
  expect(result.clients.failures).toEqual({ "lost: closed by target": 4 });
  expect(result.verdict).toBe("fail");
});
