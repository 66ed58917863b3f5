import { createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { Canary } from "./canary.ts";
import type { CaseSurroundings } from "./case-context.ts";
import { TargetLiveness } from "./liveness.ts";
import { surroundingsOf } from "./testing/surroundings-of.ts";

let server: Server | undefined;
afterEach(() => void server?.close());

async function listen(onPacket: () => void): Promise<number> {
  const listening = createServer((socket) => socket.on("data", onPacket).on("error", () => undefined));
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  return (listening.address() as { port: number }).port;
}

/** Minutes: whoever waits for it to be over does not hear the interrupt. */
const around = (port: number): CaseSurroundings => surroundingsOf(port, { timeoutScale: 100 });

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
