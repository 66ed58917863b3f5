import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { FakeServer } from "../../harness/load/testing/fake-server.ts";
import { loadFake } from "../../harness/load/testing/load-fake.ts";
import type { LoadResult } from "../../harness/result/index.ts";
import { builtInScenarios } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "cupping-scenario-"));
afterAll(() => rmSync(folder, { recursive: true }));

const settings = { clients: 40, ramp: "1s", warmup: "0s", duration: "3s", drain: "3s" };

/** What each scenario must have measured when it has done its work. */
const measured: Record<string, string[]> = {
  mixed: ["msg_ack", "msg_e2e", "fanout", "sessions"],
  chat: ["msg_ack", "msg_e2e"],
  group: ["msg_ack", "fanout"],
  login: ["connect", "login"],
  unread: ["sessions", "read_notify"],
  history: ["history"],
  "reconnect-storm": ["back", "msg_e2e", "resent"],
  idle: ["login"],
  soak: ["msg_ack"],
};

const options: Record<string, Record<string, number>> = {
  group: { "group-size": 10 },
  history: { depth: 60, page: 20 },
};

function violations(result: LoadResult): string[] {
  return Object.values(result.checks).flatMap((check) => check.examples.map((example) => example.text));
}

describe.concurrent("the scenarios that come with the tool", () => {
  it("are all listed here", () => {
    expect(builtInScenarios.map(({ scenario }) => scenario.name).sort()).toEqual(Object.keys(measured).sort());
  });

  it.each(Object.keys(measured))("%s does its work, and nothing is wrong with a correct server", async (name) => {
    const chosen = builtInScenarios.find(({ scenario }) => scenario.name === name);
    const server = await FakeServer.start();
    const thinks = chosen?.scenario.model === "closed";
    const result = await loadFake(server, new URL(chosen?.url ?? ""), {
      ...settings,
      ...(thinks ? { think: "500ms" } : chosen?.scenario.act && { rate: name === "login" ? 10 : 40 }),
      options: options[name],
    });
    await server.die();
    expect(violations(result)).toEqual([]);
    expect(result.verdict, result.reasons.join("; ")).not.toBe("fail");
    for (const metric of measured[name] ?? []) expect(result.metrics[metric]?.count ?? 0, metric).toBeGreaterThan(0);
  });

  it("login with more arrivals than users is the options' doing, not the target's", async () => {
    const chosen = builtInScenarios.find(({ scenario }) => scenario.name === "login");
    const server = await FakeServer.start();
    // Nearly all users are logged in all the time, and independent arrivals come in bursts.
    const result = await loadFake(server, new URL(chosen?.url ?? ""), {
      ...settings,
      clients: 5,
      rate: 10,
      options: { stay: 0.5 },
    });
    await server.die();
    expect(result.verdict).toBe("invalid");
    expect(result.reasons.join("; ")).toMatch(/\d+ arrivals? found no user free: .*give more --clients/);
  });

  describe.each([
    ["one after another", true, /the target logs in about \d+\.\d users a second, .*give a lower --rate$/],
    ["slowly, however many", false, /give more --clients/],
  ])("login at a target that logs users in %s", (_how, oneByOne, hint) => {
    const load = async (thresholds: string[]): Promise<LoadResult> => {
      const chosen = builtInScenarios.find(({ scenario }) => scenario.name === "login");
      const server = await FakeServer.start({ logins: { millis: oneByOne ? 100 : 1_000, oneByOne } });
      const own = { clients: 20, rate: 40, duration: "4s", drain: "8s", options: { stay: 0.1 }, thresholds };
      const result = await loadFake(server, new URL(chosen?.url ?? ""), { ...settings, ...own });
      await server.die();
      return result;
    };

    it("is told what helps", async () => {
      const { verdict, reasons } = await load([]);
      expect(verdict).toBe("invalid");
      const told = reasons.find((reason) => reason.includes("found no user free"));
      expect(told).toMatch(hint);
      if (oneByOne) expect(told).not.toContain("give more --clients");
    });

    it("fails by its threshold: who was left out would have waited as well", async () => {
      const { verdict, reasons, harness } = await load(["login: p(50)<50"]);
      expect(verdict === "fail" || harness.saturated, reasons.join("; ")).toBe(true);
    });
  });

  it("unread judges no round that a slow server has not let end", async () => {
    const chosen = builtInScenarios.find(({ scenario }) => scenario.name === "unread");
    const server = await FakeServer.start({ capPerSecond: 40 });
    const result = await loadFake(server, new URL(chosen?.url ?? ""), { ...settings, rate: 40 });
    await server.die();
    expect(violations(result)).toEqual([]);
  });

  it("unread finds a server that counts wrong, while loading", async () => {
    const chosen = builtInScenarios.find(({ scenario }) => scenario.name === "unread");
    const server = await FakeServer.start({ countTwiceEvery: 20 });
    const result = await loadFake(server, new URL(chosen?.url ?? ""), { ...settings, rate: 20, audit: false });
    await server.die();
    expect(result.verdict).toBe("fail");
    expect(result.checks["unread"]?.violations).toBe(server.faults.done.countTwiceEvery);
  });
});

it("a scenario of one's own is a file of a few lines", async () => {
  const file = join(folder, "mine.ts");
  const root = new URL("../../", import.meta.url);
  writeFileSync(
    file,
    `import { commands } from "${new URL("codegen/index.ts", root)}";
import { defineScenario, type Scenario } from "${new URL("harness/load/index.ts", root)}";

const mine: Scenario = defineScenario({
  name: "mine",
  title: "asks for sessions by a typed frame, then writes",
  conversations: () => [{ kind: "pair" }],
  metrics: { asked: "session list by hand" },
  async act(user, at) {
    await user.request(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: user.userId }, "asked", at);
    if (user.conversations[0]) user.send(user.conversations[0], at);
  },
});
export default mine;
`,
  );
  const server = await FakeServer.start();
  const result = await loadFake(server, pathToFileURL(file), { ...settings, rate: 40, thresholds: ["asked: count>0"] });
  await server.die();
  expect(violations(result)).toEqual([]);
  expect(result.thresholds[0]?.ok).toBe(true);
  expect(result.metrics["msg_e2e"]?.count).toBeGreaterThan(50);
});

it("a file that is no scenario is refused with one sentence", async () => {
  const file = join(folder, "nothing.ts");
  writeFileSync(file, "export const x = 1;\n");
  const server = await FakeServer.start();
  await expect(loadFake(server, pathToFileURL(file), settings)).rejects.toThrow(/no scenario as its default export/);
  await server.die();
});
