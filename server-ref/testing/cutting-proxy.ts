import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/**
 * Where a connection is cut:
 * - `unsent`: the statement does not reach the database;
 * - `at-work`: the database has the statement and may go on with it;
 * - `done`: the database has answered, and the answer does not come through.
 */
export type CutPoint = "unsent" | "at-work" | "done";

/** Stands between a server and its database, and cuts connections at chosen statements. */
export class CuttingProxy {
  /** The database's address by way of the proxy. */
  readonly address: string;
  /** While false, new connections are refused by a reset. */
  accepts = true;
  /** Called for each of them. */
  onRefused: (() => void) | undefined;
  /** Statements at which a connection was cut. */
  cuts = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #plan: { text: string; point: CutPoint } | undefined;
  #onCut: (() => void) | undefined;

  private constructor(server: Server, address: string) {
    this.#server = server;
    this.address = address;
  }

  /** @param address of the database, `postgres://…` */
  static async open(address: string): Promise<CuttingProxy> {
    const { hostname, port } = new URL(address);
    const server = createServer({ noDelay: true });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const own = (server.address() as AddressInfo).port;
    const proxy = new CuttingProxy(server, address.replace(`:${port}`, `:${own}`));
    server.on("connection", (client: Socket) => {
      if (!proxy.accepts) {
        client.resetAndDestroy();
        proxy.onRefused?.();
      } else proxy.#pass(client, connect({ host: hostname, port: Number(port), noDelay: true }));
    });
    return proxy;
  }

  /** Cuts the next connection that sends something with this text, once; `then` is called at that moment. */
  cutAt(text: string, point: CutPoint, then?: () => void): void {
    this.#plan = { text, point };
    this.#onCut = then;
  }

  /** Resets every connection. */
  cutAll(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  #pass(client: Socket, database: Socket): void {
    let deaf = false;
    const cut = (): void => {
      this.cuts++;
      client.resetAndDestroy();
      this.#onCut?.();
    };
    for (const [socket, other] of [
      [client, database],
      [database, client],
    ] as const) {
      this.#sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
    client.on("data", (bytes) => {
      const point = this.#take(bytes);
      if (point !== "unsent") database.write(bytes);
      deaf = point === "done";
      if (point === "unsent" || point === "at-work") cut();
    });
    database.on("data", (bytes) => (deaf ? cut() : client.write(bytes)));
  }

  /** Whether the plan is about these bytes. */
  #take(bytes: Buffer): CutPoint | undefined {
    if (!this.#plan || !bytes.includes(this.#plan.text)) return undefined;
    const { point } = this.#plan;
    this.#plan = undefined;
    return point;
  }
}
