import { expect, test } from "vitest";
import type { LoadResult } from "../result/index.ts";
import { FakeServer } from "./testing/fake-server.ts";
import type { Faults } from "./testing/faults.ts";
import { loadFake } from "./testing/load-fake.ts";

const scenario = new URL("./testing/own-command-scenario.ts", import.meta.url);
const settings = { clients: 4, rate: 40, ramp: "200ms", warmup: "0s", duration: "2s", drain: "1s" };

async function loadWith(faults: Faults): Promise<LoadResult> {
  const server = await FakeServer.start(faults);
  try {
    return await loadFake(server, scenario, settings);
  } finally {
    await server.die();
  }
}

test("a scenario may send a command of its own and read its answer", async () => {
  const { metrics, verdict, errors } = await loadWith({ ownCommand: "echo" });
  expect(metrics["echo"]?.count).toBeGreaterThan(40);
  expect(metrics["echoed"]?.count).toBe(metrics["echo"]?.count);
  expect(errors ?? {}).toEqual({});
  expect(verdict).toBe("pass");
});

test("an answer whose body is no such message is told as what it is, and the run goes on", async () => {
  const { metrics, errors } = await loadWith({ ownCommand: "broken" });
  expect(metrics["echo"]).toBeUndefined();
  expect(Object.keys(errors ?? {})).toContain("answer 0x7002 undecodable");
});
