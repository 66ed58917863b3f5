import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { type Frame, Framer } from "../../codegen/index.ts";

/** How a server behaves that only looks like one. */
export interface PeerBehaviour {
  readonly name: string;
  /** What it does, in one line. */
  readonly title: string;
  onConnect?(socket: Socket): void;
  onFrame?(frame: Frame, socket: Socket): void;
}

/** A server of that kind, listening on free ports of this machine. */
export interface RunningPeer {
  readonly port: number;
  /** Base address of an HTTP API that says yes to everything, so that accounts seem to come to be. */
  readonly http: string;
  stop(): Promise<void>;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

/** Starts a server that behaves so. */
export async function startPeer(behaviour: PeerBehaviour): Promise<RunningPeer> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // Clients may reset; that is their business.
    socket.on("error", () => {});
    const framer = new Framer();
    socket.on("data", (chunk) => {
      try {
        framer.push(chunk);
        for (let frame = framer.next(); frame; frame = framer.next()) behaviour.onFrame?.(frame, socket);
      } catch {
        socket.destroy();
      }
    });
    behaviour.onConnect?.(socket);
  });
  const api = createHttpServer((request, response) => {
    request.resume().once("end", () => {
      response.setHeader("content-type", "application/json; charset=utf-8");
      response.end(JSON.stringify({ error_code: 200, error_msg: "success", nick_name: "Nick" }));
    });
  });
  const port = await listen(server);
  const http = `http://127.0.0.1:${await listen(api)}`;
  return {
    port,
    http,
    async stop() {
      for (const socket of sockets) socket.destroy();
      api.closeAllConnections();
      await Promise.all([server, api].map((one) => new Promise((resolve) => one.close(resolve))));
    },
  };
}
