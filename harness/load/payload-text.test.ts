import { describe, expect, it } from "vitest";
import type { LoadResult } from "../result/index.ts";
import { FakeServer } from "./testing/fake-server.ts";
import type { Faults } from "./testing/faults.ts";
import { loadFake } from "./testing/load-fake.ts";

const chat = new URL("./testing/chat-scenario.ts", import.meta.url);
const settings = { clients: 10, rate: 100, ramp: "1s", warmup: "0s", duration: "2s", drain: "2s" };

async function load(onQuotes: NonNullable<Faults["onQuotes"]>, payloadText?: string): Promise<LoadResult> {
  const server = await FakeServer.start({ onQuotes });
  try {
    return await loadFake(server, chat, { ...settings, payloadText });
  } finally {
    await server.die();
  }
}

const exampleOf = (result: LoadResult, check: string): string | undefined => result.checks[check]?.examples[0]?.text;

describe.concurrent("a server that fails on quotes", () => {
  it("takes the plain text that messages have by default", async () => {
    const result = await load("keep silent");
    expect(result.verdict, result.reasons.join("; ")).not.toBe("fail");
    expect(result.metrics["msg_e2e"]?.count).toBeGreaterThan(50);
  });

  it("is shown the text that it left unanswered", async () => {
    const result = await load("keep silent", "any");
    expect(result.verdict).toBe("fail");
    expect(exampleOf(result, "acknowledgement")).toMatch(/was never acknowledged .*it says ".*['"\\].*"\)/);
    expect(result.options?.["payloadText"]).toBe("any");
  });

  it("is shown the text that it refused", async () => {
    const result = await load("refuse", "any");
    expect(result.verdict).toBe("fail");
    expect(result.reasons.join("\n")).toMatch(/message refused with 2 \(the first one says ".*['"\\].*"\)/);
  });

  it("is shown what it made of a text", async () => {
    const result = await load("eat", "any");
    expect(exampleOf(result, "content")).toMatch(/100 bytes with ".*" around byte \d+ were sent, \d\d with ".*" came/);
    expect(exampleOf(result, "history")).toMatch(/another content in history than was sent: 100 bytes with /);
  });
});
