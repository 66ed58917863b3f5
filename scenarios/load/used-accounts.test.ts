import { describe, expect, it } from "vitest";
import { registeredAccounts } from "../../harness/accounts/index.ts";
import { type LoadSettings, replayAccounts, runLoad } from "../../harness/load/index.ts";
import type { LoadResult } from "../../harness/result/index.ts";
import { openTarget, parseTarget } from "../../harness/targets/index.ts";
import { LocalServer } from "../../server-ref/testing/local-server.ts";
import { builtInScenarios } from "./index.ts";

const settings = { clients: 20, rate: 20, ramp: "1s", warmup: "0s", duration: "3s", drain: "3s", think: "500ms" };
const own: Record<string, LoadSettings["options"]> = { group: { "group-size": 10 }, history: { depth: 30, page: 20 } };
const names = builtInScenarios.map(({ scenario }) => scenario.name);

type Loader = (name: string, more?: LoadSettings) => Promise<LoadResult>;

/** Loads a reference server with one set of accounts again and again. */
async function withAccounts(use: (load: Loader) => Promise<void>): Promise<void> {
  await using server = await LocalServer.start();
  await using target = await openTarget(parseTarget(server.tcp, server.http), { iOwnThisTarget: false });
  const again = replayAccounts(registeredAccounts(server.http, { seed: 1 }));
  await use((name, more) => {
    const chosen = builtInScenarios.find(({ scenario }) => scenario.name === name);
    const isClosed = chosen?.scenario.model === "closed" || !chosen?.scenario.act;
    return runLoad({
      scenarioUrl: chosen?.url ?? "",
      settings: { ...settings, ...(isClosed && { rate: undefined }), options: own[name], ...more },
      target,
      accounts: again(),
      seed: 7,
      tool: { name: "cupping", version: "0.0.0" },
      command: "test",
      interrupt: new AbortController().signal,
      onProgress: () => undefined,
    });
  });
}

const violations = (result: LoadResult): string[] =>
  Object.values(result.checks).flatMap((check) => check.examples.map((example) => example.text));

describe.concurrent("accounts that were used before are ordinary", () => {
  it.each(names)("%s holds after chats that nobody has read", async (name) => {
    await withAccounts(async (load) => {
      await load("chat");
      const result = await load(name);
      expect(violations(result)).toEqual([]);
      expect(result.verdict, result.reasons.join("; ")).not.toBe("fail");
    });
  });
});

describe.concurrent("two runs at a time on the same accounts", () => {
  it.each(names.filter((name) => name !== "history"))("make %s invalid, and it says why", async (name) => {
    await withAccounts(async (load) => {
      const [result] = await Promise.all([load(name), load("chat", { duration: "5s", rate: 100 })]);
      expect(result?.verdict, result?.reasons.join("; ")).toBe("invalid");
      expect(result?.reasons[0]).toMatch(/^\d+ messages? of another run reached these users: .*--users/);
    });
  });
});
