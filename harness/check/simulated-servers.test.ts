import { expect, test, vi } from "vitest";
import { createRandom } from "../load/random.ts";
import { type AnomalyName, anomalies } from "./anomalies.ts";
import { Checker } from "./checker.ts";
import type { Conversation } from "./conversations.ts";
import { HistoryAudit } from "./history-audit.ts";
import { HistoryOrder } from "./history-order.ts";
import { describeContents, type PayloadFormat } from "./payload.ts";
import { RecentIds } from "./recent-ids.ts";
import { auditSessions } from "./session-audit.ts";
import { SimulatedServer } from "./testing/simulated-server.ts";
import { Tracks } from "./track.ts";
import { Violations } from "./violations.ts";

/** What the checker is told of an own push that it must be told by whoever takes the push. */
type Told = { anomaly?: unknown; text: string };

/** A message says its own id and nothing else. */
const ownId = {
  verify: (content: Uint8Array, id: string) => (new TextDecoder().decode(content) === id ? 0 : undefined),
  describeDifference: (content: Uint8Array, id: string) => describeContents(Buffer.from(id), content),
} as unknown as PayloadFormat;
const PAGES = [10, 7] as const;

/** Three members write at random, one of them loses its connection and comes back; then everything is read. */
function play(weakness: AnomalyName | undefined, seed: number, messages: number): Told[] {
  const violations = new Violations();
  const checker = new Checker(violations, {
    conversations: 2,
    firstNumber: 0,
    run: 1,
    nameOf: (user) => `user ${user}`,
  });
  const group = checker.addConversation(2, [0, 1, 2]);
  const other = checker.addConversation(2, [3, 4]);
  const server = new SimulatedServer(weakness);
  const random = createRandom(seed, "history");
  const online = new Set([0, 1, 2]);
  for (const member of online) checker.cameOnline(group, member);
  for (const member of [0, 1]) checker.cameOnline(other, member);
  const send = (conversation: Conversation, sender: number, receivers: readonly number[]): void => {
    const index = checker.sending(conversation, sender);
    const { acknowledged, refused, pushes } = server.send(conversation, sender, index, receivers);
    if (refused) checker.refused(conversation, sender, index);
    if (acknowledged !== undefined) checker.acknowledged({ conversation, sender, index, serverMsgId: acknowledged });
    for (const [member, pushed] of pushes) {
      const sighting = { conversation, sender, index: pushed.index, serverMsgId: pushed.id };
      if (member === sender) {
        violations.violated("foreign", () => checker.example(sighting, member, "own push", "came back to its sender"));
      } else checker.delivered(sighting, member);
    }
  };
  send(other, 0, [0, 1]);
  for (let sent = 0; sent < messages; sent++) {
    if (sent === messages >> 2) {
      checker.wentOffline(group, 2);
      online.delete(2);
    }
    if (sent === messages >> 1) {
      online.add(2);
      checker.cameOnline(group, 2);
      server.cameBack(group, 2);
    }
    const writers = [...online];
    send(group, writers[random.integer(writers.length)] as number, writers);
  }
  checker.finish();
  const order = new HistoryOrder(checker, violations, group);
  for (const reader of [0, 1]) {
    const audit = new HistoryAudit({
      checker,
      violations,
      conversation: group,
      reader,
      order,
      run: 1,
      payload: ownId,
      userIdOf: BigInt,
    });
    for (const limit of PAGES) {
      for (let end: bigint | undefined = 0n; end !== undefined; ) {
        end = audit.addPage(server.page(group, reader, end, limit, other), limit);
      }
      if (limit !== PAGES[1]) audit.walkAgain();
    }
    const [expected] = audit.finish().filter(({ member }) => member === reader);
    auditSessions(server.sessions(group, reader), expected ? [expected] : [], () => 1n, `user ${reader}`, violations);
  }
  return Object.values(violations.summaries()).flatMap(({ examples }) =>
    examples.map(({ text, details }) => ({ text, anomaly: details?.["anomaly"] })),
  );
}

test("a server without a weakness has no anomaly, whatever the seed", () => {
  for (let seed = 1; seed <= 100; seed++) expect(play(undefined, seed, 60)).toEqual([]);
});

const ofTheHistory = (Object.keys(anomalies) as AnomalyName[]).filter((name) => name !== "order swapped");

test.each(ofTheHistory)('a server with the weakness "%s" is found out, and told in two sentences', (name) => {
  const told = play(name, 1, 60).find(({ anomaly }) => anomaly === name);
  expect(told?.text).toMatch(/^.+\. [A-Z].+\.$/);
  expect(told?.text).toContain(anomalies[name]);
});

test("takes a number of steps that grows as the number of messages does", () => {
  const steps = (messages: number): number => {
    const spies = [
      ...(["arrive", "isMissing", "isComplete"] as const).map((name) => vi.spyOn(Tracks.prototype, name)),
      ...(["otherId", "otherMessage"] as const).map((name) => vi.spyOn(RecentIds.prototype, name)),
      vi.spyOn(HistoryOrder.prototype, "add"),
      ...(["checked", "violated"] as const).map((name) => vi.spyOn(Violations.prototype, name)),
      vi.spyOn(Checker.prototype, "isAnswered"),
      vi.spyOn(Checker.prototype, "isRefused"),
    ];
    expect(play(undefined, 3, messages)).toEqual([]);
    const count = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
    for (const spy of spies) spy.mockRestore();
    return count;
  };
  const [few, many] = [steps(400), steps(4_000)];
  expect(few).toBeGreaterThan(400);
  expect(many / few).toBeLessThan(11);
});
