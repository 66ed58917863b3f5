import { expect, test } from "vitest";
import type { LoadResult } from "../result/index.ts";
import { FakeServer } from "./testing/fake-server.ts";
import type { Faults } from "./testing/faults.ts";
import { loadFake } from "./testing/load-fake.ts";

const scenario = new URL("./testing/own-command-scenario.ts", import.meta.url);
const settings = { clients: 4, rate: 80, ramp: "200ms", warmup: "0s", duration: "1s", drain: "1s" };

async function loadWith(faults: Faults, asks: string = "echo"): Promise<LoadResult> {
  const server = await FakeServer.start(faults);
  try {
    return await loadFake(server, scenario, { ...settings, options: { asks } });
  } finally {
    await server.die();
  }
}

test("a scenario may send a command of its own and read its answer", async () => {
  const { metrics, verdict, errors } = await loadWith({ ownCommand: "echo" });
  expect(metrics["echo"]?.count).toBeGreaterThan(40);
  expect(metrics["echoed"]?.count).toBe(metrics["echo"]?.count);
  expect(errors ?? {}).toEqual({});
  expect(verdict).not.toBe("fail");
});

test("an answer that comes by a command that the engine knows goes to who asked for it", async () => {
  const { metrics, verdict, errors } = await loadWith({ ownCommand: "acknowledged" }, "acknowledged");
  expect(metrics["echoed"]?.count).toBeGreaterThan(40);
  expect(errors ?? {}).toEqual({});
  expect(verdict).not.toBe("fail");
});

test("an answer whose body is no such message is told as what it is, and the run goes on", async () => {
  const { metrics, errors, verdict } = await loadWith({ ownCommand: "broken" });
  expect(metrics["echo"]).toBeUndefined();
  expect(Object.keys(errors ?? {})).toEqual(["ECHO_REQ answered with a body that is no CIM.Group.CIMGroupListReq"]);
  expect(verdict).not.toBe("pass");
});

test("an answer that never comes is told as what it is, and the run goes on", async () => {
  const { metrics, errors, verdict } = await loadWith({});
  expect(metrics["echo"]).toBeUndefined();
  expect(Object.keys(errors ?? {})).toEqual(["ECHO_REQ unanswered"]);
  expect(verdict).not.toBe("pass");
});

test("a scenario that requests a command without an answer is told so", async () => {
  await expect(loadWith({}, "nothing")).rejects.toMatchObject({
    code: "scenario",
    message: "the scenario test-own-command failed in act: ECHO_REQ has no answer to wait for; use notify()",
  });
});
