import { expect, it } from "vitest";
import { FakeServer } from "./testing/fake-server.ts";
import { loadFake } from "./testing/load-fake.ts";

const chat = new URL("./testing/chat-scenario.ts", import.meta.url);

it("an interrupt in the ramp: nobody more is connected, and what was measured is the result", async () => {
  const server = await FakeServer.start();
  const interrupt = new AbortController();
  const result = await loadFake(
    server,
    chat,
    { clients: 400, rate: 10, ramp: "80s", warmup: "0s", duration: "1s", drain: "1s" },
    {
      interrupt: interrupt.signal,
      onProgress: ({ clients }) => {
        if (clients >= 2) interrupt.abort();
      },
    },
  );
  expect(result.run.partial).toBe(true);
  expect(result.clients.peak).toBeGreaterThanOrEqual(2);
  expect(server.accepted).toBeLessThan(200);
  expect(result.phases?.map(({ name }) => name)).toEqual(["ramp", "drain", "close"]);
  await server.die();
}, 120_000);
