import { expect, test } from "vitest";
import { commands } from "../../codegen/index.ts";
import { registeredAccounts } from "../../harness/accounts/index.ts";
import { CimClient } from "../../harness/client/index.ts";
import type { ConformanceResult } from "../../harness/result/index.ts";
import { cutsPagesTo, servesPagesUpTo } from "./index.ts";
import { runAgainst } from "./run.ts";

const sick = servesPagesUpTo(99);

test("faults read what the target serves, say so, and judge every guarantee", { timeout: 120_000 }, async () => {
  const words = ["faults", "--only", "connections-reset", "--pairs", "1"];
  const { code, err, result } = await runAgainst<ConformanceResult>(sick, ...words);
  expect(code, err).toBe(0);
  expect(result?.summary).toMatchObject({ passed: 7, total: 7 });
  expect(err).toMatch(/^connections-reset .*history was read by pages of 50/m);
});

test("a client that comes back catches up from the pages that there are", { timeout: 60_000 }, async () => {
  const front = await sick.start();
  try {
    const accounts = registeredAccounts(front.http, { seed: 1 });
    using reader = await CimClient.connect(front.target, { deadlineMs: 2_000, reconnect: { delaysMs: [500] } });
    using writer = await CimClient.connect(front.target);
    await reader.login(await accounts.take());
    await writer.login(await accounts.take());
    await writer.sendText(reader.userId, "first");
    await reader.waitFor(commands.MSG_DATA);
    // The connection of the reader alone is lost, while many messages come.
    front.cut(reader.localPort);
    await expect.poll(() => reader.state.status).not.toBe("ready");
    for (let n = 0; n < 120; n++) await writer.sendText(reader.userId, `missed ${n}`);
    await reader.ready({ deadlineMs: 20_000 });
    const texts = reader.takePushes(commands.MSG_DATA).map(({ message }) => Buffer.from(message.msg_data).toString());
    expect(texts).toEqual(Array.from({ length: 120 }, (_, n) => `missed ${n}`));
  } finally {
    await front.stop();
  }
});

test.each([50, 20])(
  "pages of %d messages at most are for the rules about histories alone",
  {
    timeout: 240_000,
  },
  async (most) => {
    const { code, result } = await runAgainst<ConformanceResult>(
      cutsPagesTo(most),
      ...["conformance", "--timers", "login=2s,heartbeat=3s", "--only", "HIST-*,SYS-02/concurrent*,SYS-02/random*"],
    );
    expect(code).toBe(1);
    const failed = result?.cases.filter(({ status }) => status === "failed") ?? [];
    expect(failed.map(({ rule }) => rule)).toContain("HIST-06");
    expect(failed.filter(({ rule }) => !rule.startsWith("HIST-")).map(({ id }) => id)).toEqual([]);
    const others = result?.cases.filter(({ rule }) => !rule.startsWith("HIST-")) ?? [];
    expect(others.filter(({ status }) => status !== "passed").map(({ id }) => id)).toEqual([]);
  },
);
