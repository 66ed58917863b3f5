import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { Address } from "../../harness/client/index.ts";

/** What a proxy does with bytes that it passes on. */
export interface Passage {
  /** Where this connection goes; default: where the proxy's do. */
  readonly target?: Address;
  /** Bytes from the server on their way to the client, in order. */
  toClient?(bytes: Uint8Array, client: Socket): void;
  /** The server has closed its side; default: the client's side is closed, too. */
  onServerEnd?(client: Socket): void;
}

/** A server that passes every connection on to another. */
export interface RunningProxy {
  readonly address: Address;
  stop(): Promise<void>;
}

/**
 * Puts itself between clients and a server over TCP.
 * @param open makes what one connection does
 */
export async function startProxy(target: Address, open: () => Passage): Promise<RunningProxy> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    const { toClient, onServerEnd, target: own = target } = open();
    const upstream = connect({ host: own.host, port: own.port, noDelay: true, allowHalfOpen: true });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      // An error is followed by a close, which takes the other side along.
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        if (!other.destroyed && other.writable && socket === upstream) other.end();
        else other.destroy();
      });
    }
    client.on("end", () => upstream.end());
    client.pipe(upstream, { end: false });
    upstream.on("data", (bytes) => (toClient ? toClient(bytes, client) : client.write(bytes)));
    upstream.on("end", () => (onServerEnd ? onServerEnd(client) : client.end()));
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, target.host, () => resolve((server.address() as AddressInfo).port));
  });
  return {
    address: { ...target, port },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
