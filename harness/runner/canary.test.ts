import { createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { cimRegistry } from "../../codegen/index.ts";
import { Secrets } from "../accounts/index.ts";
import { Canary } from "./canary.ts";
import type { CaseSurroundings } from "./case-context.ts";
import { TargetLiveness } from "./liveness.ts";
import { DEFAULT_TIMERS } from "./timers.ts";

let server: Server | undefined;
afterEach(() => void server?.close());

async function listen(onPacket: () => void): Promise<number> {
  const listening = createServer((socket) => socket.on("data", onPacket).on("error", () => undefined));
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  return (listening.address() as { port: number }).port;
}

function around(port: number): CaseSurroundings {
  const account = { user_name: "alice", user_pwd: "0".repeat(32), nick_name: "Alice" };
  return {
    address: { scheme: "tcp", host: "127.0.0.1", port, path: "/" },
    webSocket: undefined,
    http: undefined,
    accounts: { registers: false, secrets: new Secrets(), size: 1, take: async () => account },
    registry: cimRegistry,
    control: undefined,
    timers: DEFAULT_TIMERS,
    // Minutes: whoever waits for it to be over does not hear the interrupt.
    timeoutScale: 100,
    seed: 1,
  };
}

test("a canary that waits for a silent target hears the interrupt, and so does one that has not asked yet", async () => {
  const interrupt = new AbortController();
  const port = await listen(() => interrupt.abort());
  const canary = new Canary(around(port), interrupt.signal);
  expect(await canary.ask()).toEqual({ service: "log in", why: "the run was interrupted" });
  expect((await canary.ask())?.service).toBe("log in");
});

test("nobody looks on for a target that is gone behind an interrupt", async () => {
  const port = await listen(() => undefined);
  await new Promise((resolve) => server?.close(resolve));
  const interrupt = new AbortController();
  const liveness = new TargetLiveness({ scheme: "tcp", host: "127.0.0.1", port, path: "/" }, interrupt.signal);
  const look = liveness.isAlive();
  interrupt.abort();
  expect(await look).toBe(false);
});
