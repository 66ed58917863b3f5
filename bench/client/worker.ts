/**
 * Measures one subject in a process of its own, so that no other subject's garbage counts for it:
 * `node --expose-gc worker.ts NAME ADDRESSES idle CLIENTS` or `… rate SECONDS`. Prints one number: bytes per client,
 * or messages per second.
 */
import { setTimeout as delay } from "node:timers/promises";
import { type Subject, subjects, type User } from "./subjects.ts";

const PAIRS = 50;
const IN_FLIGHT = 8;
/** Connections opened at the same time: fewer than a listener's backlog. */
const AT_ONCE = 100;

async function open(subject: Subject, addresses: { tcp: string; ws: string }, count: number): Promise<User[]> {
  const users: User[] = [];
  while (users.length < count) {
    const batch = Math.min(AT_ONCE, count - users.length);
    users.push(...(await Promise.all(Array.from({ length: batch }, () => subject.open(addresses)))));
  }
  return users;
}

async function settledMemory(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await delay(50);
  }
  return process.memoryUsage().rss;
}

async function bytesPerClient(
  subject: Subject,
  addresses: { tcp: string; ws: string },
  count: number,
): Promise<number> {
  // The first ones load code and grow pools that the others share.
  const first = await open(subject, addresses, 100);
  const before = await settledMemory();
  const users = await open(subject, addresses, count);
  const after = await settledMemory();
  if (first.length + users.length !== count + 100) throw new Error("clients are missing");
  return (after - before) / count;
}

async function messagesPerSecond(
  subject: Subject,
  addresses: { tcp: string; ws: string },
  seconds: number,
): Promise<number> {
  const users = await open(subject, addresses, PAIRS * 2);
  let sent = 0;
  let isOver = false;
  const chat = async (from: User, to: User): Promise<void> => {
    while (!isOver) {
      await from.send(to.id);
      sent++;
    }
  };
  const chats = users.flatMap((user, i) => {
    const peer = users[i % 2 === 0 ? i + 1 : i - 1] as User;
    return Array.from({ length: IN_FLIGHT / 2 }, () => chat(user, peer));
  });
  await delay(1_000);
  const [start, before] = [performance.now(), sent];
  await delay(seconds * 1_000);
  const rate = ((sent - before) * 1_000) / (performance.now() - start);
  isOver = true;
  await Promise.all(chats);
  return rate;
}

const [name, addresses, what, amount] = process.argv.slice(2) as [string, string, string, string];
const subject = subjects.find((candidate) => candidate.name === name) as Subject;
const figure = what === "idle" ? bytesPerClient : messagesPerSecond;
process.stdout.write(String(await figure(subject, JSON.parse(addresses), Number(amount))));
process.exit(0);
