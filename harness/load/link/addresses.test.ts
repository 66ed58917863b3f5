import { readFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { createServer as createTlsServer, type TLSSocket } from "node:tls";
import { expect, it } from "vitest";
import type { Address } from "../../client/index.ts";
import { spreadAddresses } from "../spread.ts";
import { Link } from "./link.ts";

const pem = (kind: string): Buffer =>
  readFileSync(join(import.meta.dirname, `../../client/testing/localhost.${kind}.pem`));

/** Opens a link and lets go of it when the server has seen what it wanted. */
function open(address: Address): Link {
  return new Link({ linkOpened() {}, linkBytes() {}, linkClosed() {} }, address);
}

it("says the target's name in TLS and in the handshake of WebSocket, whatever address it has", async () => {
  const seen = Promise.withResolvers<{ servername: unknown; host: string | undefined }>();
  const server = createTlsServer({ key: pem("key"), cert: pem("cert") }, (socket: TLSSocket) => {
    socket.once("data", (bytes) => {
      seen.resolve({ servername: socket.servername, host: /^Host: (.*)\r$/m.exec(String(bytes))?.[1] });
    });
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const {
    addresses: [address],
  } = await spreadAddresses({ scheme: "wss", host: "localhost", port, path: "/", tls: { ca: pem("cert") } }, 1);
  // Of the two addresses of localhost only this one listens.
  expect(address).toMatchObject({ host: "127.0.0.1", named: { host: "localhost", port } });
  const link = open(address as Address);
  expect(await seen.promise).toEqual({ servername: "localhost", host: `localhost:${port}` });
  link.destroy("closed by us");
  server.close();
});

it("writes an IPv6 address in brackets", async (context) => {
  const seen = Promise.withResolvers<string | undefined>();
  const server = createServer((socket: Socket) => {
    socket.once("data", (bytes) => seen.resolve(/^Host: (.*)\r$/m.exec(String(bytes))?.[1]));
    socket.on("error", () => {});
  });
  const listens = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(0, "::1", () => resolve(true));
  });
  context.skip(!listens, "this machine has no IPv6");
  const { port } = server.address() as { port: number };
  const {
    addresses: [address],
  } = await spreadAddresses({ scheme: "ws", host: "::1", port, path: "/" }, 1);
  const link = open(address as Address);
  expect(await seen.promise).toBe(`[::1]:${port}`);
  link.destroy("closed by us");
  server.close();
});
