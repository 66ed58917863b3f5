import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { describeError } from "../errors.ts";
import { FakeServer } from "./testing/fake-server.ts";
import { loadFake } from "./testing/load-fake.ts";

const scenario = new URL("./testing/failing-scenario.ts", import.meta.url);
const settings = { clients: 4, rate: 10, ramp: "100ms", warmup: "0s", duration: "30s", drain: "1s" };

/** What a user reads when the scenario fails in this part. */
async function told(at: string): Promise<string> {
  const server = await FakeServer.start();
  try {
    const failure = await loadFake(server, scenario, { ...settings, options: { at } }).catch((error: unknown) => error);
    return describeError(failure);
  } finally {
    await server.die();
  }
}

test.each([
  ["conversations", "conversations"],
  ["prepare", "preparation"],
  ["during", "duration"],
  ["act", "arrival"],
  ["act, later", "end"],
])("a scenario that throws in %s is told by its sentence and its place, without a stack trace", async (part, word) => {
  const [sentence, hint, ...rest] = (await told(part)).split("\n");
  expect(sentence).toBe(`the scenario test-failing failed in ${part.split(",")[0]}: no ${word} today`);
  expect(hint).toMatch(/^The error began at .*:\d+:\d+\.$/);
  expect(hint).toContain(fileURLToPath(scenario));
  expect(rest).toEqual([]);
});

test("what it throws in a callback that nobody waits for is told by its place, too", async () => {
  const [sentence, hint] = (await told("timer")).split("\n");
  expect(sentence).toBe("the scenario test-failing failed in a callback: no timer today");
  expect(hint).toContain(fileURLToPath(scenario));
});
