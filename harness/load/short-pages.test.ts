import { describe, expect, it } from "vitest";
import type { LoadResult } from "../result/index.ts";
import { FakeServer } from "./testing/fake-server.ts";
import type { Faults } from "./testing/faults.ts";
import { loadFake, violationsIn } from "./testing/load-fake.ts";

const chat = new URL("./testing/chat-scenario.ts", import.meta.url);
// Some 200 messages in each conversation: more than one page of any server.
const settings = { clients: 4, rate: 200, ramp: "1s", warmup: "0s", duration: "2s", drain: "3s" };

async function loadWith(faults: Faults): Promise<LoadResult> {
  const server = await FakeServer.start(faults);
  try {
    return await loadFake(server, chat, settings);
  } finally {
    await server.die();
  }
}

describe.concurrent("a target that does not serve pages of 100 messages", () => {
  it.each([99, 50, 10])("is audited by its pages of %s, and their shortness is all that is wrong", async (most) => {
    const result = await loadWith({ pages: { most, larger: "shorter" } });
    expect(result.verdict).toBe("fail");
    expect(Object.keys(violationsIn(result))).toEqual(["history"]);
    expect(result.checks["history"]?.examples[0]?.text).toContain(
      `got a page of ${most}, although older ones were there`,
    );
    expect(result.checks["unread"]?.checked).toBe(4);
    expect(result.checks["sessions"]?.checked).toBeGreaterThan(0);
  });

  it.each([
    [99, 50],
    [49, 10],
  ])("and leaves those above %s unanswered is asked for %s, and says so", { timeout: 60_000 }, async (most, asked) => {
    const result = await loadWith({ pages: { most, larger: "unanswered" } });
    expect(result.verdict).toBe("fail");
    expect(violationsIn(result)).toEqual({});
    expect(result.reasons.at(asked === 50 ? 0 : 1)).toMatch(
      new RegExp(`^1 error: history page of \\d+ messages unanswered, so pages of ${asked} were asked for$`),
    );
    expect(result.checks["unread"]?.checked).toBe(4);
    expect(result.reasons.join()).not.toContain("could not be audited");
  });

  it("and gives nothing for larger ones is asked for smaller ones", async () => {
    const result = await loadWith({ pages: { most: 99, larger: "empty" } });
    expect(violationsIn(result)).toEqual({ history: 1 });
    expect(result.checks["history"]?.examples[0]?.text).toContain("Asked for 100 messages");
    expect(result.checks["history"]?.examples[0]?.text).toContain("got a page of 0");
  });
});
