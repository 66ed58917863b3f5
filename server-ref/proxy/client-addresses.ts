import type { Server, Socket } from "node:net";
import { readProxyHeader } from "./header.ts";

/** How connections begin that come from a balancer. */
export interface HeaderOptions {
  /** Milliseconds within which the header must be whole. */
  readonly timeoutMs: number;
  /** Told of connections that are closed for their header; default: nobody. */
  readonly log?: ((line: string) => void) | undefined;
}

/** The balancer's side of a connection: unique while it stands, and the same for what speaks TLS over it. */
function sideOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

/** Who the clients are: those at the other end of the sockets, or those that balancers name in front of them. */
export class ClientAddresses {
  readonly #named = new Map<string, string>();
  /** Connections whose header has not come. */
  readonly #waiting = new Set<Socket>();

  /** The client's address as a text; empty when it has left already. */
  of(socket: Socket): string {
    const named = this.#named.size === 0 ? undefined : this.#named.get(sideOf(socket));
    return named ?? socket.remoteAddress ?? "";
  }

  /** How many clients are known by what balancers said. */
  get size(): number {
    return this.#named.size;
  }

  /** From now on the server takes a connection only behind a header of the PROXY protocol; it must not listen yet. */
  expectHeaders(server: Server, options: HeaderOptions): void {
    const take = server.listeners("connection");
    server.removeAllListeners("connection");
    server.on("connection", (socket: Socket) => {
      this.#waiting.add(socket);
      this.#awaitHeader(socket, options, () => {
        for (const each of take) each.call(server, socket);
      });
    });
  }

  /** Closes the connections whose header has not come. */
  stop(): void {
    for (const socket of this.#waiting) socket.destroy();
  }

  #awaitHeader(socket: Socket, { timeoutMs, log }: HeaderOptions, done: () => void): void {
    const timer = setTimeout(() => socket.destroy(), timeoutMs);
    const side = sideOf(socket);
    let bytes = Buffer.alloc(0);
    const onReadable = (): void => {
      for (let chunk: Buffer | null = socket.read(); chunk !== null; chunk = socket.read()) {
        bytes = Buffer.concat([bytes, chunk]);
      }
      try {
        const header = readProxyHeader(bytes);
        if (header === undefined) return;
        settle();
        socket.off("readable", onReadable);
        if (bytes.length > header.length) socket.unshift(bytes.subarray(header.length));
        if (header.address !== undefined) this.#named.set(side, header.address);
        done();
      } catch (error) {
        log?.(`closed a connection from ${socket.remoteAddress}: ${(error as Error).message}`);
        socket.destroy();
      }
    };
    const settle = (): void => {
      clearTimeout(timer);
      this.#waiting.delete(socket);
    };
    socket.on("readable", onReadable);
    // A balancer that only looks whether somebody listens.
    socket.on("end", () => this.#waiting.has(socket) && socket.destroy());
    socket.on("error", () => {});
    socket.on("close", () => {
      settle();
      this.#named.delete(side);
    });
  }
}
