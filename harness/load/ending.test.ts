import { describe, expect, it } from "vitest";
import type { Progress } from "./coordinator.ts";
import { FakeServer } from "./testing/fake-server.ts";
import { loadFake } from "./testing/load-fake.ts";

const chat = new URL("./testing/chat-scenario.ts", import.meta.url);
const asking = new URL("./testing/asking-scenario.ts", import.meta.url);
const blocking = new URL("./testing/blocking-scenario.ts", import.meta.url);
const stuck = new URL("./testing/stuck-scenario.ts", import.meta.url);
const long = { clients: 20, rate: 200, ramp: "1s", warmup: "0s", duration: "60s", drain: "3s" };

/** Calls back once the traffic has been seen for some seconds. */
function afterTraffic(seconds: number, act: () => void): (progress: Progress) => void {
  let seen = 0;
  return ({ phase, point }) => {
    if (phase === "traffic" && point?.rates["acknowledged"] && ++seen === seconds) act();
  };
}

describe.concurrent("how a run ends", () => {
  it("interrupted: drains, and tells what was measured until then as partial", async () => {
    const server = await FakeServer.start();
    const interrupt = new AbortController();
    const onProgress = afterTraffic(3, () => interrupt.abort());
    const result = await loadFake(server, chat, long, { interrupt: interrupt.signal, onProgress });
    await server.die();
    expect(result.run.partial).toBe(true);
    expect(result.metrics["msg_ack"]?.count).toBeGreaterThan(100);
    expect(result.metrics["msg_ack"]?.count).toBe(server.messages);
    expect(Object.values(result.checks).every((check) => check.violations === 0)).toBe(true);
    expect(result.run.durationMs).toBeLessThan(30_000);
  });

  it("interrupted while a worker hears of nothing: what it has told is the result", async () => {
    const server = await FakeServer.start();
    const interrupt = new AbortController();
    const onProgress = ({ phase }: Progress): void => {
      if (phase === "traffic") interrupt.abort();
    };
    const result = await loadFake(server, stuck, { ...long, clients: 4 }, { interrupt: interrupt.signal, onProgress });
    await server.die();
    expect(result.run.partial).toBe(true);
    expect(result.clients.peak).toBe(4);
  });

  it("the target dies: a clear verdict, and the figures until then", async () => {
    const server = await FakeServer.start();
    const onProgress = afterTraffic(3, () => void server.die());
    const result = await loadFake(server, chat, long, { onProgress });
    expect(result.verdict).toBe("fail");
    expect(result.reasons.join("\n")).toMatch(/the target went away about \d+ s after the start: 20 of 20 clients/);
    expect(result.clients.failures).toMatchObject({ "lost: reset": 20 });
    expect(result.metrics["msg_ack"]?.count).toBeGreaterThan(100);
  });

  it("a client that loses its connection again and again is counted once", async () => {
    const server = await FakeServer.start({ cutEvery: 10 });
    const result = await loadFake(server, chat, { ...long, clients: 4, rate: 40, duration: "6s" });
    await server.die();
    expect(server.faults.done.cutEvery).toBeGreaterThan(4);
    expect(result.clients.failed).toBe(4);
    expect(result.reasons.join("\n")).toContain("4 of 4 clients lost their connection");
  });

  it("a threshold with abortOnFail ends the run early", async () => {
    const server = await FakeServer.start({ delay: { every: 2, millis: 80 } });
    const result = await loadFake(server, chat, {
      ...long,
      thresholds: ["msg_ack: p(90)<50 abortOnFail delayAbortEval=1s"],
    });
    await server.die();
    expect(result.verdict === "fail" || result.harness.saturated).toBe(true);
    expect(result.thresholds).toMatchObject([{ ok: false, aborted: true }]);
    expect(result.run.durationMs).toBeLessThan(30_000);
  });

  it("a starved generator is seen: the figures are not judged", async (context) => {
    const server = await FakeServer.start();
    const result = await loadFake(server, blocking, {
      ...long,
      rate: 30,
      duration: "5s",
      thresholds: ["msg_ack: p(50)<1"],
    });
    await server.die();
    expect(result.verdict).toBe("invalid");
    expect(result.harness.saturated).toBe(true);
    context.skip(
      result.harness.limit === "machine",
      "the machine is so busy that nothing can be said of the generator",
    );
    expect(result.reasons[0]).toMatch(/the generator .*; use more workers/);
  });

  it("users that wait for an answer are not late by the generator: the target left it out", async () => {
    // The fake server does not know the command that the scenario asks.
    const server = await FakeServer.start();
    const result = await loadFake(server, asking, { clients: 10, rate: 20, ramp: "1s", warmup: "0s", duration: "12s" });
    await server.die();
    expect(result.verdict).toBe("fail");
    expect(result.reasons[0]).toMatch(/^\d+ errors?: FRIEND_QUERY_USER_LIST_REQ unanswered$/);
    expect(result.harness.maxLateMs).toBeLessThan(10_000);
  });

  it("logins are never answered: every client is told, with the cause", async () => {
    const server = await FakeServer.start({ ignoresLogins: true });
    const run = loadFake(server, chat, { ...long, clients: 5 });
    await expect(run).rejects.toThrow(/no client could log in: 5 login: timeout/);
    await server.die();
  });

  it("nobody answers: the target cannot be reached", async () => {
    const server = await FakeServer.start();
    const { target } = server;
    await server.die();
    await expect(loadFake({ target }, chat, long)).rejects.toThrow(/no client could log in: 20 refused/);
  });
});
