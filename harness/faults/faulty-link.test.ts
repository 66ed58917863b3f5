import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { commands, encodeFrame } from "../../codegen/index.ts";
import { type Address, RawConnection } from "../client/index.ts";
import { FaultyLink } from "./index.ts";

const heartbeat = encodeFrame(commands.LOGIN_HEARTBEAT, {}, 7);
const received: Buffer[] = [];
const sockets = new Set<Socket>();
/** Sends back what it gets. */
const echo = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
  sockets.add(socket);
  socket.on("data", (chunk) => {
    received.push(chunk);
    socket.write(chunk);
  });
  socket.on("end", () => socket.end());
  socket.on("error", () => {});
});
let target: Address;

beforeAll(async () => {
  echo.listen(0, "127.0.0.1");
  await once(echo, "listening");
  target = { scheme: "tcp", host: "127.0.0.1", port: (echo.address() as AddressInfo).port, path: "/" };
});
beforeEach(() => void received.splice(0));
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  echo.close();
});

async function openLink(): Promise<{ link: FaultyLink; raw: RawConnection }> {
  const link = await FaultyLink.open(target, () => 1);
  onTestFinished(() => link.close());
  const raw = await RawConnection.open(link.address);
  onTestFinished(() => raw.close());
  return { link, raw };
}

test("a perfect link passes everything on, ends of streams too", async () => {
  const { link, raw } = await openLink();
  await raw.send(heartbeat);
  expect((await raw.nextFrame()).header.seq_num).toBe(7);
  raw.endWriting();
  expect((await raw.waitForClose()).how).toBe("fin");
  await expect.poll(() => link.connections).toBe(0);
});

test("latency and jitter delay each way and never change the order", async () => {
  const { link, raw } = await openLink();
  link.set({ latencyMs: 40, jitterMs: 20 });
  const started = performance.now();
  for (let i = 1; i <= 20; i++) await raw.send(encodeFrame(commands.LOGIN_HEARTBEAT, {}, i));
  for (let i = 1; i <= 20; i++) expect((await raw.nextFrame()).header.seq_num).toBe(i);
  // Timers never fire early, so the lower bound holds on any machine: two ways of 60 ms.
  expect(performance.now() - started).toBeGreaterThanOrEqual(119);
});

test("a limited bandwidth takes the time that its bytes need", async () => {
  const { link, raw } = await openLink();
  link.set({ bytesPerSecond: 10_000 });
  const started = performance.now();
  await raw.send(encodeFrame(commands.MSG_DATA, { msg_data: new Uint8Array(1_000) }, 1));
  expect((await raw.nextFrame()).header.length).toBeGreaterThan(1_000);
  expect(performance.now() - started).toBeGreaterThanOrEqual(100);
});

test("what is held arrives afterwards", async () => {
  const { link, raw } = await openLink();
  link.set({ hold: true });
  await raw.send(heartbeat);
  await expect(raw.nextFrame({ deadlineMs: 50 })).rejects.toMatchObject({ code: "deadline" });
  expect(received).toEqual([]);
  link.set({});
  await raw.nextFrame();
});

test.each([
  ["to-client", 1],
  ["to-server", 0],
] as const)("a way that swallows %s stays dead for its connection, new ones work", async (swallow, reached) => {
  const { link, raw } = await openLink();
  link.set({ swallow });
  await raw.send(heartbeat);
  await expect(raw.nextFrame({ deadlineMs: 50 })).rejects.toMatchObject({ code: "deadline" });
  expect(received).toHaveLength(reached);
  link.set({});
  await raw.send(heartbeat);
  await expect(raw.nextFrame({ deadlineMs: 50 })).rejects.toMatchObject({ code: "deadline" });
  expect(raw.closeReason).toBeUndefined();
  using fresh = await RawConnection.open(link.address);
  await fresh.send(heartbeat);
  await fresh.nextFrame();
});

test("cut resets what is open; a closed link refuses what comes", async () => {
  const { link, raw } = await openLink();
  await raw.send(heartbeat);
  await raw.nextFrame();
  link.cut();
  expect((await raw.waitForClose()).how).toBe("rst");
  link.accept(false);
  // The reset may come before or after the system has told the client that it is connected.
  const refused = RawConnection.open(link.address).then((open) => open.waitForClose());
  await expect(
    refused.then(
      ({ how }) => how,
      ({ code }) => code,
    ),
  ).resolves.toMatch(/^(rst|connect-failed)$/);
});
