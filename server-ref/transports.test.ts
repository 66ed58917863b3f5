import { once } from "node:events";
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { cimRegistry, commands, decodeFrame, encodeFrame, encodeRawFrame, Framer } from "../codegen/index.ts";
import { selfSigned } from "./testing/certificate.ts";
import { TestClient } from "./testing/test-client.ts";
import { startTestServer } from "./testing/test-server.ts";

const PASSWORD = "e10adc3949ba59abbe56e057f20f883e";

async function openWebSocket(url: string): Promise<WebSocket> {
  const webSocket = new WebSocket(url, { rejectUnauthorized: false });
  await once(webSocket, "open");
  return webSocket;
}

async function nextPacket(webSocket: WebSocket): Promise<ReturnType<typeof decodeFrame>> {
  const [data, isBinary] = (await once(webSocket, "message")) as [Buffer, boolean];
  expect(isBinary).toBe(true);
  const framer = new Framer();
  framer.push(data);
  const frame = framer.next();
  framer.end();
  if (!frame) throw new Error("the message holds no packet");
  return decodeFrame(frame, cimRegistry);
}

test("over WebSocket each message is one packet, and users reach each other across transports", async () => {
  const server = await startTestServer();
  const name = await server.register("Web");
  const { client, self } = await server.user("Tcp");
  const webSocket = await openWebSocket(`ws://127.0.0.1:${server.server.ports.ws}/any/path`);
  webSocket.send(encodeFrame(commands.LOGIN_AUTH_REQ, { user_name: name, user_pwd: PASSWORD }, 1));
  const { message } = await nextPacket(webSocket);
  const web = (message as { user_info: { user_id: bigint } }).user_info.user_id;

  const pushed = nextPacket(webSocket);
  const hello = { client_msg_id: "1", msg_type: 1 as const, session_type: 1 as const };
  await client.request(commands.MSG_DATA, { ...hello, from_user_id: self, to_session_id: web });
  expect((await pushed).message).toMatchObject({ from_user_id: self, server_msg_id: 1n });

  webSocket.send(encodeFrame(commands.MSG_DATA, { ...hello, from_user_id: web, to_session_id: self }, 2));
  expect(await client.next(commands.MSG_DATA)).toMatchObject({ from_user_id: web, server_msg_id: 2n });

  webSocket.send(encodeFrame(commands.LOGIN_AUTH_LOGOUT_REQ, { user_id: web }, 3));
  const [code] = await once(webSocket, "close");
  expect(code).toBe(1000);
});

test.each([
  ["a text message", "hello", 1003],
  [
    "a piece of a packet",
    encodeRawFrame({ command_id: commands.LOGIN_AUTH_REQ.id, length: 99 }, new Uint8Array(3)),
    1007,
  ],
  ["a packet of a length that none has", encodeRawFrame({ command_id: 1, length: 3 }, new Uint8Array(3)), 1007],
  [
    "a packet that says it is larger than the limit",
    encodeRawFrame({ command_id: 1, length: 2 ** 31 }, new Uint8Array(3)),
    1009,
  ],
  ["a message larger than the limit", new Uint8Array(65_537), 1009],
  [
    "two packets in one message",
    Buffer.concat([
      encodeFrame(commands.LOGIN_AUTH_REQ, { user_name: "nobody" }, 1),
      encodeFrame(commands.LOGIN_AUTH_REQ, { user_name: "nobody" }, 2),
    ]),
    1007,
  ],
])("%s closes a WebSocket, with a code that says why, and no other connection", async (_what, data, code) => {
  const server = await startTestServer({ maxFrameLength: 65_536 });
  const { client, self } = await server.user();
  const webSocket = await openWebSocket(`ws://127.0.0.1:${server.server.ports.ws}/`);
  webSocket.send(data);
  expect((await once(webSocket, "close"))[0]).toBe(code);
  await client.settle(self);
});

test.each([
  ["a frame with reserved bits", Uint8Array.of(0xf2, 0x80, 0, 0, 0, 0), 1002],
  ["text that is no UTF-8", Uint8Array.of(0x81, 0x81, 0, 0, 0, 0, 0xff), 1007],
])("%s closes a WebSocket with a code that says so", async (_what, frame, code) => {
  const server = await startTestServer();
  const webSocket = await openWebSocket(`ws://127.0.0.1:${server.server.ports.ws}/`);
  (webSocket as unknown as { _socket: Socket })._socket.write(frame);
  expect((await once(webSocket, "close"))[0]).toBe(code);
});

test("a gate process closes with the code that the server gives it", async () => {
  const server = await startTestServer({ processes: 2 });
  const webSocket = await openWebSocket(`ws://127.0.0.1:${server.server.ports.ws}/`);
  webSocket.send(new Uint8Array(3));
  expect((await once(webSocket, "close"))[0]).toBe(1007);
});

test("a client of the WebSocket port that never finishes its handshake is closed", async () => {
  const server = await startTestServer({ loginTimeoutMs: 300 });
  const socket = connectTcp(server.server.ports.ws as number, "127.0.0.1");
  socket.resume();
  await once(socket, "close");
});

test("with a certificate both transports speak TLS", async () => {
  const server = await startTestServer({ tls: await selfSigned() });
  const name = await server.register();
  const login = { user_name: name, user_pwd: PASSWORD };

  const socket = connectTls({ port: server.tcp, host: "127.0.0.1", rejectUnauthorized: false });
  await once(socket, "secureConnect");
  const client = new TestClient(socket);
  const answer = await client.request(commands.LOGIN_AUTH_REQ, login);
  expect(answer.result_code).toBe(200);

  const webSocket = await openWebSocket(`wss://127.0.0.1:${server.server.ports.ws}/`);
  webSocket.send(encodeFrame(commands.LOGIN_AUTH_REQ, login, 1));
  expect((await nextPacket(webSocket)).message).toMatchObject({ result_code: 200 });
  await client.request(commands.LOGIN_AUTH_LOGOUT_REQ, { user_id: answer.user_info.user_id });
  await client.closed;
});
