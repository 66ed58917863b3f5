import { describe, expect, it } from "vitest";
import { createRandom } from "../load/random.ts";
import { Checker } from "./checker.ts";
import type { Conversation } from "./conversations.ts";
import type { Sighting } from "./sighting.ts";
import { type CheckName, Violations } from "./violations.ts";

function setUp(
  members: number[],
  kind: 1 | 2 = 1,
): { checker: Checker; conversation: Conversation; violations: Violations } {
  const violations = new Violations();
  const checker = new Checker(violations, {
    conversations: 1,
    firstNumber: 0,
    run: 1,
    nameOf: (user) => `user ${user}`,
  });
  const conversation = checker.addConversation(kind, members);
  members.forEach((_, member) => {
    checker.cameOnline(conversation, member);
  });
  return { checker, conversation, violations };
}

function counts(violations: Violations): Partial<Record<CheckName, number>> {
  return Object.fromEntries(
    Object.entries(violations.summaries())
      .filter(([, check]) => check.violations > 0)
      .map(([name, check]) => [name, check.violations]),
  );
}

/** Sends `count` messages from member 0, numbered by the server from 1. */
function sendSome(checker: Checker, conversation: Conversation, count: number): Sighting[] {
  return Array.from({ length: count }, () => {
    const index = checker.sending(conversation, 0);
    const sighting = { conversation, sender: 0, index, serverMsgId: BigInt(index + 1) };
    checker.acknowledged(sighting);
    return sighting;
  });
}

describe("the checker", () => {
  it("tells a swap from a loss", () => {
    const { checker, conversation, violations } = setUp([0, 1]);
    const [first, second, third, lost] = sendSome(checker, conversation, 4) as [Sighting, Sighting, Sighting, Sighting];
    checker.delivered(second, 1);
    checker.delivered(first, 1);
    checker.delivered(third, 1);
    checker.finish();
    expect(counts(violations)).toEqual({ order: 1, loss: 1 });
    expect(violations.summaries()["loss"]?.examples[0]?.text).toContain(`Message ${lost.index} of user 0`);
  });

  it("finds a message that comes after hundreds of later ones, and counts it once, as out of order", () => {
    const { checker, conversation, violations } = setUp([0, 1]);
    const [late, ...others] = sendSome(checker, conversation, 500) as [Sighting, ...Sighting[]];
    for (const other of others) checker.delivered(other, 1);
    checker.delivered(late, 1);
    checker.finish();
    expect(counts(violations)).toEqual({ order: 1 });
  });

  it("finds a repetition however late it comes", () => {
    const { checker, conversation, violations } = setUp([0, 1]);
    const all = sendSome(checker, conversation, 500);
    for (const sighting of all) checker.delivered(sighting, 1);
    checker.delivered(all[0] as Sighting, 1);
    checker.finish();
    expect(counts(violations)).toEqual({ duplicates: 1 });
  });

  it("wants nothing for a receiver that is away, and everything again once it is back", () => {
    const { checker, conversation, violations } = setUp([0, 1]);
    checker.wentOffline(conversation, 1);
    const [whileAway] = sendSome(checker, conversation, 3) as [Sighting, ...Sighting[]];
    checker.cameOnline(conversation, 1);
    // Pushed because the server saw the login before the client did.
    checker.delivered(whileAway, 1);
    sendSome(checker, conversation, 1);
    checker.finish();
    expect(counts(violations)).toEqual({ loss: 1 });
  });

  it("does not take a message for lost that was on its way when its sender's connection went", () => {
    const { checker, conversation, violations } = setUp([0, 1]);
    checker.sending(conversation, 0);
    checker.wentOffline(conversation, 0);
    checker.cameOnline(conversation, 0);
    expect(checker.hasOutstanding(conversation)).toBe(false);
    checker.finish();
    expect(counts(violations)).toEqual({});
  });

  it("finds two messages under one server_msg_id, and one message under two", () => {
    const { checker, conversation, violations } = setUp([0, 1, 2], 2);
    const [first, second] = sendSome(checker, conversation, 2) as [Sighting, Sighting];
    checker.delivered(first, 1);
    checker.delivered({ ...second, serverMsgId: 9n }, 1);
    expect(counts(violations)).toEqual({ total_order: 1 });
    const other = checker.sending(conversation, 1);
    checker.acknowledged({ conversation, sender: 1, index: other, serverMsgId: 2n });
    expect(counts(violations)).toEqual({ total_order: 2 });
  });

  it("finds ids that do not grow", () => {
    const { checker, conversation, violations } = setUp([0, 1]);
    for (const serverMsgId of [5n, 4n]) {
      const index = checker.sending(conversation, 0);
      checker.acknowledged({ conversation, sender: 0, index, serverMsgId });
    }
    expect(counts(violations)).toEqual({ ids_increase: 1 });
  });

  it("takes ids up to 2^64-1 apart", () => {
    const { checker, conversation, violations } = setUp([0, 1]);
    const top = 2n ** 64n - 1n;
    for (const serverMsgId of [top - 2n, top - 1n, top]) {
      const index = checker.sending(conversation, 0);
      checker.acknowledged({ conversation, sender: 0, index, serverMsgId });
      checker.delivered({ conversation, sender: 0, index, serverMsgId }, 1);
    }
    checker.finish();
    expect(counts(violations)).toEqual({});
  });

  // CUPPING_LONG_TESTS=1 makes it ten million messages.
  const messages = process.env["CUPPING_LONG_TESTS"] ? 10_000_000 : 300_000;
  it(`raises no false alarm in ${messages} messages of a correct server, whatever their interleaving`, () => {
    const { checker, conversation, violations } = setUp([0, 1, 2, 3], 2);
    const random = createRandom(1, "interleaving");
    const waiting: Sighting[][] = [[], [], [], []];
    let nextId = 1n;
    for (let sent = 0; sent < messages; sent++) {
      const sender = random.integer(4);
      const sighting = { conversation, sender, index: checker.sending(conversation, sender), serverMsgId: nextId++ };
      waiting.forEach((queue) => {
        queue.push(sighting);
      });
      for (let observer = 0; observer < 4; observer++) {
        const queue = waiting[observer] as Sighting[];
        // Each observer lags behind by up to 30 messages.
        while (queue.length > 0 && (queue.length > 30 || random.next() < 0.3)) take(queue, observer);
      }
    }
    for (let observer = 0; observer < 4; observer++)
      while ((waiting[observer] as Sighting[]).length > 0) take(waiting[observer] as Sighting[], observer);
    checker.finish();
    expect(counts(violations)).toEqual({});
    expect(violations.summaries()["loss"]?.checked).toBe(messages * 3);

    function take(queue: Sighting[], observer: number): void {
      const sighting = queue.shift() as Sighting;
      if (sighting.sender === observer) checker.acknowledged(sighting);
      else checker.delivered(sighting, observer);
    }
  }, 120_000);
});
