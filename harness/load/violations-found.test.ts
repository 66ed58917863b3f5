import { describe, expect, it } from "vitest";
import type { CheckName } from "../check/index.ts";
import type { LoadResult } from "../result/index.ts";
import { FakeServer } from "./testing/fake-server.ts";
import type { FaultName, Faults } from "./testing/faults.ts";
import { loadFake, violationsIn } from "./testing/load-fake.ts";

const chat = new URL("./testing/chat-scenario.ts", import.meta.url);
const settings = { clients: 20, rate: 400, ramp: "1s", warmup: "0s", duration: "3s", drain: "3s" };

async function loadWith(faults: Faults): Promise<{ result: LoadResult; server: FakeServer }> {
  const server = await FakeServer.start(faults);
  try {
    return { result: await loadFake(server, chat, settings), server };
  } finally {
    await server.die();
  }
}

/** A fault, and the check that must count exactly as many violations as there were faults. */
const found: [FaultName, CheckName][] = [
  ["loseEvery", "loss"],
  ["duplicateEvery", "duplicates"],
  ["acknowledgeTwiceEvery", "duplicates"],
  ["keepSilentEvery", "acknowledgement"],
  ["renumberEvery", "total_order"],
  ["leakEvery", "foreign"],
  ["corruptEvery", "content"],
  ["forgetEvery", "history"],
];

describe.concurrent("violations of a server with known faults", () => {
  it("are none without a fault", async () => {
    const { result, server } = await loadWith({});
    expect(violationsIn(result)).toEqual({});
    // On a machine that is busy with other tests the figures may be invalid; the checks hold all the same.
    expect(result.verdict).not.toBe("fail");
    expect(result.checks["loss"]?.checked).toBe(server.messages);
    expect(result.checks["history"]?.checked).toBe(server.messages);
  });

  it.each(found)("%s: all found by %s, with an example", async (fault, check) => {
    const { result, server } = await loadWith({ [fault]: 50 });
    const done = server.faults.done[fault] ?? 0;
    expect(done).toBeGreaterThan(10);
    expect(result.verdict).toBe("fail");
    expect(violationsIn(result)[check]).toBe(done);
    const example = result.checks[check]?.examples[0]?.text;
    if (check === "foreign")
      expect(example).toMatch(/user 1\d{3} \(number \d+\) received .* from 1\d{3} to session 1\d{3}/);
    else expect(example).toMatch(/Message \d+ of user 1\d{3} \(number \d+\) in the session of user 1\d{3}/);
  });

  it("swapEvery: every swap is an order violation, and a message held back for ever a loss", async () => {
    const { result, server } = await loadWith({ swapEvery: 50 });
    const done = server.faults.done.swapEvery ?? 0;
    expect(done).toBeGreaterThan(10);
    expect(violationsIn(result)["order"]).toBe(done - server.heldBack);
    expect(violationsIn(result)["loss"] ?? 0).toBe(server.heldBack);
  });

  it("countTwiceEvery: every session whose unread count is wrong is found", async () => {
    const { result } = await loadWith({ countTwiceEvery: 50 });
    expect(result.verdict).toBe("fail");
    expect(Object.keys(violationsIn(result))).toEqual(["unread"]);
    expect(result.checks["unread"]?.examples[0]?.text).toMatch(
      /unread count of session 1\d{3} of user 1\d{3}.* is \d+, expected \d+/,
    );
  });
});
