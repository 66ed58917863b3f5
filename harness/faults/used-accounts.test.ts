import { describe, expect, test } from "vitest";
import { LocalServer } from "../../server-ref/testing/local-server.ts";
import { registeredAccounts } from "../accounts/index.ts";
import { decodeMark } from "../check/index.ts";
import { CimClient } from "../client/index.ts";
import { replayAccounts } from "../load/index.ts";
import { openTarget, parseTarget } from "../targets/index.ts";
import { type Fault, type FaultReport, type FaultRunOptions, runFault } from "./index.ts";

const broken: Fault = {
  name: "broken",
  title: "every connection breaks once",
  needs: "link",
  async inflict({ link, traffic }) {
    link.cut();
    await traffic(300);
  },
};

type Inflict = (options?: FaultRunOptions) => Promise<FaultReport>;

/** Inflicts a fault on a reference server with one set of accounts again and again. */
async function withAccounts(use: (inflict: Inflict, server: LocalServer) => Promise<void>): Promise<string[]> {
  await using server = await LocalServer.start();
  await using target = await openTarget(parseTarget(server.tcp, server.http), { iOwnThisTarget: false });
  const again = replayAccounts(registeredAccounts(server.http, { seed: 1 }));
  await use((options) => runFault(broken, target, again(), { pairs: 1, ...options }), server);
  const account = await again().take();
  using reader = await CimClient.connect(server.tcp);
  await reader.login(account);
  const [session] = (await reader.sessions()).contact_session_list;
  const ids: string[] = [];
  if (session) for await (const page of reader.historyPages(session)) ids.push(...page.map((row) => row.client_msg_id));
  return ids;
}

const sentences = ({ violations }: FaultReport): string[] => Object.values(violations).flat();

describe("accounts that were used before are ordinary", () => {
  test("a fault after a fault keeps what it kept, and their ids differ", { timeout: 60_000 }, async () => {
    const reports: FaultReport[] = [];
    const ids = await withAccounts(async (inflict) => {
      reports.push(await inflict(), await inflict());
    });
    expect(reports.flatMap(sentences)).toEqual([]);
    expect(reports.map(({ ofAnotherRun }) => ofAnotherRun)).toEqual([0, 0]);
    expect(new Set(ids).size).toBe(reports.reduce((sum, { course }) => sum + course.sent, 0));
    expect(new Set(ids.map((id) => decodeMark(id)?.run)).size).toBe(2);
  });

  test("the faults of one command differ by their conversations", { timeout: 60_000 }, async () => {
    const ids = await withAccounts(async (inflict) => {
      for (const firstConversation of [0, 1]) {
        const report = await inflict({ run: 7, firstConversation });
        expect(sentences(report)).toEqual([]);
        expect(report.ofAnotherRun).toBe(0);
      }
    });
    expect(new Set(ids.map((id) => decodeMark(id)?.run))).toEqual(new Set([7]));
    expect(new Set(ids.map((id) => decodeMark(id)?.conversation))).toEqual(new Set([0, 1]));
  });
});

test("another run at the same time on the same accounts is recognized", { timeout: 60_000 }, async () => {
  await withAccounts(async (inflict) => {
    for (const report of await Promise.all([inflict(), inflict()])) expect(report.ofAnotherRun).toBeGreaterThan(0);
  });
});
