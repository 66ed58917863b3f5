import { readFileSync } from "node:fs";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { commands, encodeFrame } from "../../codegen/index.ts";
import { CimClient } from "./index.ts";

const file = (name: string): string => readFileSync(join(import.meta.dirname, "testing", name), "utf8");
const [cert, key] = [file("localhost.cert.pem"), file("localhost.key.pem")];
const answer = encodeFrame(commands.LOGIN_HEARTBEAT, {}, 1);

const tls = createTlsServer({ cert, key }, (socket) =>
  socket.on("data", () => socket.write(answer)).on("error", () => {}),
);
const https = createHttpsServer({ cert, key });
const webSockets = new WebSocketServer({ server: https });
webSockets.on("connection", (webSocket) => webSocket.on("message", () => webSocket.send(answer)));

beforeAll(async () => {
  for (const server of [tls, https]) await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  for (const server of [tls, https]) server.close();
});

describe.each([
  ["tls", tls],
  ["wss", https],
] as const)("%s", (scheme, server) => {
  const target = (host: string): string => `${scheme}://${host}:${(server.address() as AddressInfo).port}`;

  test.each(["127.0.0.1", "localhost"])("talks to a server whose certificate for %s is trusted", async (host) => {
    using client = await CimClient.connect(target(host), { ca: cert });
    await client.heartbeat();
  });

  test("refuses a server whose certificate is not trusted, and takes it when told to", async () => {
    const attempt = CimClient.connect(target("127.0.0.1"));
    await expect(attempt).rejects.toMatchObject({ code: "connect-failed" });
    await expect(attempt).rejects.toThrow("self-signed certificate");
    using client = await CimClient.connect(target("127.0.0.1"), { rejectUnauthorized: false });
    await client.heartbeat();
  });
});
