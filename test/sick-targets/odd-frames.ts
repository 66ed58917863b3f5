import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { WebSocketServer } from "ws";
import type { SickTarget } from "./sick-target.ts";

/** What no server may send over WebSocket (RFC 6455, sections 5.1 and 5.2; a packet is a binary message, CONN-02). */
export type OddFrame = "text" | "masked" | "reserved bits";

const BINARY = 0x82;
const TEXT = 0x81;
const RESERVED = 0x40;
const MASK = 0x80;

/** Less than a header. */
const SHORT = 5;

/** One frame with a message of at most 65,535 bytes. */
function frameOf(kind: OddFrame | undefined, payload: Buffer): Buffer {
  const first = kind === "text" ? TEXT : kind === "reserved bits" ? BINARY | RESERVED : BINARY;
  const mask = kind === "masked" ? MASK : 0;
  const head =
    payload.length < 126
      ? Buffer.from([first, mask | payload.length])
      : Buffer.from([first, mask | 126, payload.length >> 8, payload.length & 0xff]);
  // A mask of zeros changes nothing.
  return Buffer.concat([head, mask === 0 ? Buffer.alloc(0) : Buffer.alloc(4), payload]);
}

/** The same server behind WebSocket, whose frames are odd from the `from`th message of a connection on. */
export function oddFrames(sick: SickTarget, kind: OddFrame, from: number): SickTarget {
  return {
    name: `${sick.name}-with-${kind.replace(" ", "-")}`,
    title: `${sick.title}, over WebSocket, with frames that no server may send (${kind}) from message ${from} on`,
    async start() {
      const running = await sick.start();
      const { hostname, port } = new URL(running.target.replace(/^tcp:/, "http:"));
      const http = createHttpServer();
      const server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
      http.on("upgrade", (request, socket, head) => {
        server.handleUpgrade(request, socket, head, (client) => {
          const behind = connect(Number(port), hostname);
          let messages = 0;
          client.on("message", (bytes: Buffer) => behind.write(bytes));
          client.on("close", () => behind.destroy());
          client.on("error", () => {});
          behind.on("data", (bytes) => {
            if (!socket.destroyed) socket.write(frameOf(++messages < from ? undefined : kind, bytes));
          });
          behind.on("close", () => client.close());
          behind.on("error", () => {});
        });
      });
      await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
      return {
        ...(running.http !== undefined && { http: running.http }),
        target: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
        async stop() {
          for (const client of server.clients) client.terminate();
          http.closeAllConnections();
          http.close();
          await running.stop();
        },
      };
    },
  };
}

/** The same server, which says of its packets from the `from`th read of a connection on that they end in their header. */
export function shortLengths(sick: SickTarget, from: number): SickTarget {
  return {
    name: `${sick.name}-with-short-lengths`,
    title: `${sick.title}, with packets that end in their header from read ${from} on`,
    async start() {
      const running = await sick.start();
      const { hostname, port } = new URL(running.target.replace(/^tcp:/, "http:"));
      const sockets = new Set<Socket>();
      const server = createServer((client) => {
        const behind = connect(Number(port), hostname);
        let reads = 0;
        for (const socket of [client, behind]) sockets.add(socket.on("error", () => {}));
        client.pipe(behind);
        behind.on("data", (bytes) => {
          if (++reads >= from) bytes.writeUInt32BE(SHORT, 0);
          client.write(bytes);
        });
        behind.on("close", () => client.destroy());
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return {
        ...(running.http !== undefined && { http: running.http }),
        target: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
        async stop() {
          for (const socket of sockets) socket.destroy();
          server.close();
          await running.stop();
        },
      };
    },
  };
}
