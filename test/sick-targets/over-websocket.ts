import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { WebSocketServer } from "ws";
import type { SickTarget } from "./sick-target.ts";

/**
 * The same server behind WebSocket, each read of it as one message.
 * @param isText whether it sends text messages, as a library does that was left at its default
 */
export function overWebSocket(sick: SickTarget, isText = false): SickTarget {
  return {
    name: `${sick.name}-over-websocket`,
    title: `${sick.title}, over WebSocket${isText ? " in text messages" : ""}`,
    async start() {
      const running = await sick.start();
      const { hostname, port } = new URL(running.target.replace(/^tcp:/, "http:"));
      const http = createHttpServer();
      const server = new WebSocketServer({ server: http, perMessageDeflate: false });
      server.on("connection", (client) => {
        const behind = connect(Number(port), hostname);
        client.on("message", (bytes: Buffer) => behind.write(bytes));
        client.on("close", () => behind.destroy());
        client.on("error", () => {});
        behind.on("data", (bytes) => client.send(bytes, { binary: !isText }));
        behind.on("close", () => client.close());
        behind.on("error", () => {});
      });
      await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
      return {
        ...(running.http !== undefined && { http: running.http }),
        target: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
        get connections() {
          return running.connections ?? 0;
        },
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

/** The same server over TCP, with its WebSocket address beside it. */
export function besideWebSocket(sick: SickTarget, isText = false): SickTarget {
  return {
    ...sick,
    name: `${sick.name}-beside-websocket${isText ? "-in-text" : ""}`,
    async start() {
      const running = await sick.start();
      const { target: webSocket, stop } = await overWebSocket({ ...sick, start: async () => running }, isText).start();
      const { target, http } = running;
      return { target, webSocket, ...(http !== undefined && { http }), stop };
    },
  };
}

/** The same server, named by an address of WebSocket, which it does not speak. */
export function namedAsWebSocket(sick: SickTarget): SickTarget {
  return {
    ...sick,
    name: `${sick.name}-named-as-websocket`,
    async start() {
      const running = await sick.start();
      const { http } = running;
      const target = running.target.replace(/^tcp:/, "ws:");
      return { target, ...(http !== undefined && { http }), stop: () => running.stop() };
    },
  };
}
