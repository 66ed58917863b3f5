import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { pidsOfFamily, usageOfFamily } from "../process-family.ts";
import type { BenchServer } from "./server.ts";

/** What one tool's processes used while its users were all logged in and its messages flowed. */
export interface Measured {
  clients: number;
  rssBytes: number;
  messagesPerSecond: number;
  cpuMsPer1000Messages: number;
}

/** A tool's command. */
export interface Start {
  command: string;
  words: string[];
  environment?: Record<string, string>;
}

const POLL_MS = 250;
/** The rate must have been kept for so long before the measuring begins. */
const SETTLE_MS = 3000;
const KEPT_SHARE = 0.9;
const MOST_SHARE = 1.15;
const GIVE_UP_MS = 90_000;

/**
 * Runs a tool until all users are logged in and the rate is kept, as the server counts it, then measures.
 * @throws Error that says how far the tool came
 */
export async function measure(
  server: BenchServer,
  start: Start,
  { clients, rate, seconds }: { clients: number; rate: number; seconds: number },
): Promise<Measured> {
  const before = await server.counts();
  const child = spawn(start.command, start.words, {
    env: { ...process.env, ...start.environment },
    stdio: ["ignore", "ignore", process.env["VERBOSE"] ? "inherit" : "ignore"],
  });
  const pid = child.pid as number;
  let ended: string | undefined;
  child.on("error", (error) => {
    ended = error.message;
  });
  child.on("exit", (code, signal) => {
    ended ??= `it ended with ${signal ?? `code ${code}`}`;
  });
  try {
    const giveUpAt = performance.now() + GIVE_UP_MS;
    let reached = { loggedIn: 0, perSecond: 0 };
    const isKept = (perSecond: number): boolean => perSecond >= rate * KEPT_SHARE && perSecond <= rate * MOST_SHARE;
    while (reached.loggedIn < clients || !isKept(reached.perSecond)) {
      if (ended !== undefined || performance.now() > giveUpAt) {
        throw new Error(
          `${ended ?? "gave up"}: ${reached.loggedIn} of ${clients} users logged in, ${Math.round(reached.perSecond)} of ${rate} messages a second`,
        );
      }
      const { messages } = await server.counts();
      await delay(reached.loggedIn < clients ? POLL_MS : SETTLE_MS);
      const now = await server.counts();
      reached = {
        loggedIn: Math.min(now.logins - before.logins, now.connections),
        perSecond: ((now.messages - messages) * 1000) / (reached.loggedIn < clients ? POLL_MS : SETTLE_MS),
      };
    }
    return await measureNow(server, pid, clients, seconds);
  } finally {
    const family = pidsOfFamily(pid);
    for (const member of family) endProcess(member);
    while ((await server.counts()).connections > 0) await delay(POLL_MS);
  }
}

async function measureNow(server: BenchServer, pid: number, clients: number, seconds: number): Promise<Measured> {
  const from = { at: performance.now(), ...(await server.counts()), ...usageOfFamily(pid) };
  const resident: number[] = [];
  while (performance.now() < from.at + seconds * 1000) {
    await delay(POLL_MS);
    resident.push(usageOfFamily(pid).rssBytes);
  }
  const to = { at: performance.now(), ...(await server.counts()), ...usageOfFamily(pid) };
  const messages = to.messages - from.messages;
  return {
    clients,
    rssBytes: resident.reduce((sum, bytes) => sum + bytes, 0) / resident.length,
    messagesPerSecond: (messages * 1000) / (to.at - from.at),
    cpuMsPer1000Messages: ((to.cpuSeconds - from.cpuSeconds) * 1e6) / messages,
  };
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended meanwhile.
  }
}
