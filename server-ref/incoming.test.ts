import { type EventEmitter, once } from "node:events";
import { connect as connectTcp } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { WebSocket } from "ws";
import { commands, encodeFrame, encodeRawFrame, HEADER_LENGTH } from "../codegen/index.ts";
import type { ServerOptions } from "./index.ts";
import { TestClient } from "./testing/test-client.ts";
import { startTestServer, type TestServer } from "./testing/test-server.ts";

const KIB = 1024;
const LIMITS = { maxFrameLength: 512 * KIB, maxIncomingBytes: 1024 * KIB };

/** A heartbeat whose body is one field that nobody knows, so that it is skipped. */
function largeHeartbeat(length: number): Uint8Array {
  const body = new Uint8Array(length - HEADER_LENGTH);
  body.set([0x7a]);
  let rest = body.length - 4;
  for (let at = 1; at < 4; at++, rest >>>= 7) body[at] = (rest & 0x7f) | (at < 3 ? 0x80 : 0);
  return encodeRawFrame({ command_id: commands.LOGIN_HEARTBEAT.id, seq_num: 7 }, body);
}

/** A client that sends one packet of 500 KiB in two parts. */
interface Holder {
  send(bytes: number): void;
  /** Sends the rest; fulfilled when the packet is answered. */
  finish(): Promise<void>;
  closed: Promise<unknown>;
}

const PACKET = largeHeartbeat(500 * KIB);

async function tcpHolder(server: TestServer): Promise<Holder> {
  const { client } = await server.user();
  let sent = 0;
  return {
    send(bytes) {
      client.socket.write(PACKET.subarray(sent, sent + bytes));
      sent += bytes;
    },
    async finish() {
      client.socket.write(PACKET.subarray(sent));
      await client.next(commands.LOGIN_HEARTBEAT);
    },
    closed: client.closed,
  };
}

async function webSocket(server: TestServer): Promise<WebSocket> {
  const user_name = await server.register();
  const socket = new WebSocket(`ws://127.0.0.1:${server.server.ports.ws}/`);
  onTestFinished(() => socket.terminate());
  socket.on("error", () => {});
  await once(socket, "open");
  socket.send(encodeFrame(commands.LOGIN_AUTH_REQ, { user_name, user_pwd: "e10adc3949ba59abbe56e057f20f883e" }, 1));
  await once(socket, "message");
  return socket;
}

/** Its packet is one message in fragments, or one frame. */
async function webSocketHolder(server: TestServer, fragmented: boolean): Promise<Holder> {
  const socket = await webSocket(server);
  const raw = (socket as unknown as { _socket: NodeJS.WritableStream })._socket;
  let sent = 0;
  return {
    send(bytes) {
      const part = PACKET.subarray(sent, sent + bytes);
      if (fragmented) socket.send(part, { fin: false });
      else {
        // A mask of zeros changes nothing.
        const head = Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        head.writeUInt32BE(PACKET.length, 6);
        if (sent === 0) raw.write(head);
        raw.write(part);
      }
      sent += bytes;
    },
    async finish() {
      const answered = once(socket, "message");
      if (fragmented) socket.send(PACKET.subarray(sent), { fin: true });
      else raw.write(PACKET.subarray(sent));
      await answered;
    },
    closed: once(socket, "close"),
  };
}

async function metric(server: TestServer, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${server.server.ports.http}/metrics`)).text();
  return Number(
    text
      .split("\n")
      .find((line) => line.startsWith(`${name} `))
      ?.split(" ")[1],
  );
}

const incoming = (server: TestServer): Promise<number> => metric(server, "cupping_incoming_bytes");

async function untilHeld(server: TestServer, kibibytes: number): Promise<void> {
  await vi.waitFor(async () => expect(Math.floor((await incoming(server)) / KIB)).toBe(kibibytes), 5000);
}

const transports: Record<string, (server: TestServer) => Promise<Holder>> = {
  TCP: tcpHolder,
  "WebSocket, one frame": (server) => webSocketHolder(server, false),
  "WebSocket, in fragments": (server) => webSocketHolder(server, true),
};

test.each(
  Object.keys(transports).flatMap((transport) => [
    { transport, options: {} },
    { transport, options: { processes: 2 } },
  ]),
)("who holds most of what all may hold is closed, and nobody else ($transport, $options)", async (given) => {
  const { transport, options }: { transport: string; options: ServerOptions } = given;
  const lines: string[] = [];
  const server = await startTestServer({ ...LIMITS, ...options, log: (line) => lines.push(line) });
  const open = transports[transport] as (server: TestServer) => Promise<Holder>;
  const [first, most, last] = [await open(server), await open(server), await open(server)];
  first.send(300 * KIB);
  await untilHeld(server, 300);
  most.send(400 * KIB);
  await untilHeld(server, 700);
  last.send(320 * KIB);
  await untilHeld(server, 1020);
  last.send(20 * KIB);
  await most.closed;
  await untilHeld(server, 640);
  await Promise.all([first.finish(), last.finish()]);
  await vi.waitFor(async () => expect(await incoming(server)).toBe(0));
  expect(await metric(server, 'cupping_connections_dropped_total{reason="incoming"}')).toBe(1);
  expect(lines).toEqual([
    "closed the connection from 127.0.0.1 that held most of the packets that are not whole or not handled yet, as all together took more than 1048576 bytes (--max-incoming)",
  ]);
});

test("one packet always fits", async () => {
  const server = await startTestServer({ maxFrameLength: 512 * KIB, maxIncomingBytes: 64 * KIB });
  const holder = await tcpHolder(server);
  holder.send(400 * KIB);
  await untilHeld(server, 400);
  await holder.finish();
});

test("what a client held is given back when it goes", async () => {
  const server = await startTestServer(LIMITS);
  const socket = connectTcp(server.tcp, "127.0.0.1");
  await once(socket, "connect");
  socket.write(PACKET.subarray(0, 100 * KIB));
  await untilHeld(server, 100);
  socket.destroy();
  await vi.waitFor(async () => expect(await incoming(server)).toBe(0));
});

test("nothing is left of whole messages, however they are cut and whatever is between them", async () => {
  const server = await startTestServer(LIMITS);
  const socket = await webSocket(server);
  let answers = 0;
  socket.on("message", () => answers++);
  for (let index = 0; index < 300; index++) {
    const packet = largeHeartbeat(64 + index * 37);
    const cut = (index * 31) % packet.length;
    socket.send(packet.subarray(0, cut), { fin: false });
    socket.ping(Buffer.alloc(index % 126));
    socket.send(packet.subarray(cut), { fin: true });
    socket.pong(Buffer.alloc(index % 126));
    socket.send(packet);
  }
  await vi.waitFor(() => expect(answers).toBe(600), 5000);
  await vi.waitFor(async () => expect(await incoming(server)).toBe(0));
});

test("nothing is held of what comes behind a message in too many pieces, and its client is not waited for", async () => {
  const server = await startTestServer(LIMITS);
  const socket = await webSocket(server);
  const raw = (socket as unknown as { _socket: NodeJS.WritableStream & EventEmitter })._socket;
  const code = new Promise((resolve) => socket.once("close", resolve));
  // A client that says nothing to the close, and goes on.
  const ended = once(raw, "close");
  socket.close = () => {};
  for (let piece = 0; piece < 17_000; piece++) socket.send(Buffer.alloc(8), { fin: false });
  const goOn = setInterval(() => raw.write(Buffer.alloc(KIB)), 1);
  onTestFinished(() => clearInterval(goOn));
  await ended;
  await vi.waitFor(async () => expect(await incoming(server)).toBe(0));
  expect(await code).toBe(1008);
});

test("a client within the bound is served while another is closed for it", async () => {
  const server = await startTestServer(LIMITS);
  const { client, self } = await server.user();
  const holders = await Promise.all(Array.from({ length: 3 }, () => TestClient.connect(server.tcp)));
  for (const holder of holders) holder.socket.write(PACKET.subarray(0, 400 * KIB));
  await Promise.race(holders.map(({ closed }) => closed));
  await client.settle(self);
});
