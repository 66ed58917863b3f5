import { describe, expect, it } from "vitest";
import type { LoadResult } from "../result/index.ts";
import { FakeServer } from "./testing/fake-server.ts";
import type { Faults } from "./testing/faults.ts";
import { loadFake, violationsIn } from "./testing/load-fake.ts";

const chat = new URL("./testing/chat-scenario.ts", import.meta.url);
const settings = { clients: 20, rate: 200, ramp: "1s", warmup: "0s", duration: "5s", drain: "5s" };

/** Loads a server that cuts connections before the acknowledgement; the message was stored every other time. */
async function loadCutting(onRepeat?: Faults["onRepeat"]): Promise<{ result: LoadResult; server: FakeServer }> {
  const server = await FakeServer.start({ cutEvery: 40, ...(onRepeat && { onRepeat }) });
  try {
    return { result: await loadFake(server, chat, settings), server };
  } finally {
    await server.die();
  }
}

describe.concurrent("messages whose acknowledgement was lost with the connection (MSG-07)", () => {
  it("are sent once more under the same id, and are one message to a right server", async () => {
    const { result, server } = await loadCutting();
    expect(server.repeated.size).toBeGreaterThan(3);
    // Those that were lost altogether are sent once more, too.
    expect(result.metrics["resent"]?.count).toBeGreaterThan(server.repeated.size);
    expect(violationsIn(result)).toEqual({});
  });

  it("a server that pushes them once more does what it only should not", async () => {
    const { result, server } = await loadCutting("push again");
    expect(server.repeated.size).toBeGreaterThan(3);
    expect(violationsIn(result)).toEqual({});
  });

  it("a server that stores them twice is found, each time", async () => {
    const { result, server } = await loadCutting("store again");
    expect(result.verdict).toBe("fail");
    expect(result.checks["history"]?.violations).toBeGreaterThanOrEqual(server.repeated.size);
    expect(result.checks["history"]?.examples[0]?.text).toMatch(
      /Message \d+ of user 1\d{3} .* stands in history twice/,
    );
  });

  it("a server that counts them twice is found", async () => {
    const { result, server } = await loadCutting("count again");
    expect(server.repeated.size).toBeGreaterThan(3);
    expect(result.checks["unread"]?.violations).toBeGreaterThan(0);
    expect(Object.keys(violationsIn(result))).toEqual(["unread"]);
  });
});
