import { once } from "node:events";
import { connect as connectTcp, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { connect as connectTls } from "node:tls";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { commands, encodeFrame } from "../../codegen/index.ts";
import type { ServerOptions } from "../index.ts";
import { selfSigned } from "../testing/certificate.ts";
import { LocalServer } from "../testing/local-server.ts";
import { TestClient } from "../testing/test-client.ts";

const KIB = 1024;
/** A login that fails: its answer says that the server speaks with the client. */
const login = { user_name: "nobody", user_pwd: "nothing" };
const HEADERS = {
  v1: Buffer.from("PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n"),
  v2: Buffer.from("0d0a0d0a000d0a515549540a2111000cc0000207c6336401dc0401bb", "hex"),
};
const versions = ["v1", "v2"] as const;
const whole: ServerOptions = { proxyProtocol: "clients", maxFrameLength: 64 * KIB, maxIncomingBytes: 64 * KIB };

async function begin(port: number, ...first: Uint8Array[]): Promise<Socket> {
  const socket = connectTcp({ port, host: "127.0.0.1", noDelay: true });
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write(Buffer.concat(first));
  return socket;
}

/** The server ended the connection, in order or not. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => void socket.resume().once("close", () => resolve()));
}

/** Two connections that together hold more than they may: the line about it names the address. */
async function namedInLog(server: LocalServer, log: readonly string[], header: Uint8Array): Promise<void> {
  const start = encodeFrame(commands.LOGIN_AUTH_REQ, { user_name: "x".repeat(60 * KIB), user_pwd: "" }, 1);
  const sockets = [];
  for (let index = 0; index < 2; index++)
    sockets.push(await begin(server.ports.tcp, header, start.subarray(0, 50 * KIB)));
  await Promise.race(sockets.map(closed));
  await expect.poll(() => log.join()).toContain("closed the connection from 192.0.2.7 that held most");
  for (const socket of sockets) socket.destroy();
}

test.each(versions.flatMap((version) => [1, 2].map((processes) => ({ version, processes }))))(
  "the address of a header of $version stands in the log, with $processes processes",
  async ({ version, processes }) => {
    const log: string[] = [];
    await using server = await LocalServer.start({ ...whole, processes, log: (line) => log.push(line) });
    await namedInLog(server, log, HEADERS[version]);
  },
);

test.each(versions)("clients are served behind a header of %s, however it is cut", async (version) => {
  await using server = await LocalServer.start(whole);
  const header = HEADERS[version];
  const packet = encodeFrame(commands.LOGIN_AUTH_REQ, login, 7);
  for (const cut of [0, 1, header.length - 1, header.length]) {
    const socket = await begin(server.ports.tcp, header.subarray(0, cut));
    const client = new TestClient(socket);
    setImmediate(() => socket.write(Buffer.concat([header.subarray(cut), packet])));
    expect((await client.next(commands.LOGIN_AUTH_RSP)).result_code).not.toBe(200);
    socket.destroy();
  }
});

test.each(versions)("a header of %s comes before TLS and WebSocket", async (version) => {
  await using server = await LocalServer.start({ ...whole, tls: await selfSigned() });
  const packet = encodeFrame(commands.LOGIN_AUTH_REQ, login, 7);
  const secure = async (port: number): Promise<Socket> => {
    const socket = connectTls({ socket: await begin(port, HEADERS[version]), rejectUnauthorized: false });
    await once(socket, "secureConnect");
    return socket;
  };
  const socket = await secure(server.ports.tcp);
  const client = new TestClient(socket);
  socket.write(packet);
  await client.next(commands.LOGIN_AUTH_RSP);
  socket.destroy();
  const below = await secure(server.ports.ws);
  const webSocket = new WebSocket("ws://localhost/", { createConnection: () => below });
  await once(webSocket, "open");
  webSocket.send(packet);
  await once(webSocket, "message");
  webSocket.terminate();
});

test.each(["tcp", "ws"] as const)(
  "over %s an absent, malformed or slow header closes, and is told",
  async (transport) => {
    const log: string[] = [];
    await using server = await LocalServer.start({ ...whole, loginTimeoutMs: 300, log: (line) => log.push(line) });
    const port = server.ports[transport];
    const request = Buffer.from("GET / HTTP/1.1\r\n\r\n");
    for (const bytes of [request, encodeFrame(commands.LOGIN_AUTH_REQ, login, 7), Buffer.from("PROXY TCP4 \r\n")]) {
      await closed(await begin(port, bytes));
    }
    expect(log).toContain("closed a connection from 127.0.0.1: it does not begin with a header of the PROXY protocol");
    for (const bytes of [new Uint8Array(0), HEADERS.v1.subarray(0, 9), HEADERS.v2.subarray(0, 20)]) {
      await closed(await begin(port, bytes));
    }
  },
);

test.each(versions)("a header of %s that was not asked for closes the connection", async (version) => {
  await using server = await LocalServer.start();
  for (const port of [server.ports.tcp, server.ports.ws, server.ports.http]) {
    await closed(await begin(port, HEADERS[version], encodeFrame(commands.LOGIN_AUTH_REQ, login, 7)));
  }
});

test("the HTTP API has headers only where it was asked for, and then goes by their addresses", async () => {
  const body = JSON.stringify({ userName: "somebody", userNickName: "Nick", userPwd: "x".repeat(32) });
  const request = Buffer.from(
    `POST /user/register HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await using clients = await LocalServer.start(whole);
  expect(await text(await begin(clients.ports.http, request))).toContain("success");
  await using all = await LocalServer.start({ ...whole, proxyProtocol: "all" });
  await closed(await begin(all.ports.http, request));
  expect(await text(await begin(all.ports.http, HEADERS.v2, request))).toContain("success");
});

test("a server that ends waits for no header", async () => {
  await using server = await LocalServer.start({ ...whole, proxyProtocol: "all" });
  const waiting = await Promise.all([server.ports.tcp, server.ports.ws, server.ports.http].map((port) => begin(port)));
  const ends = waiting.map(closed);
  await server.stop();
  await Promise.all(ends);
});
