import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { type Address, namedAs } from "../client/index.ts";
import { type LinkConditions, LinkDirection } from "./link-direction.ts";

/** A pair of sockets, the client's and the server's. */
interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  readonly toServer: LinkDirection;
  readonly toClient: LinkDirection;
}

/**
 * A network path to a server whose faults are under control: clients connect to {@link address}, bytes go on to the
 * server under the present conditions. It works on any machine and needs no rights, unlike tc and netem.
 */
export class FaultyLink {
  readonly address: Address;
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  #conditions: LinkConditions = {};
  #isOpen = true;

  private constructor(address: Address, server: Server) {
    this.address = address;
    this.#server = server;
  }

  /** Opens a link to a TCP or WebSocket server on a free loopback port. */
  static async open(target: Address, random: () => number = Math.random): Promise<FaultyLink> {
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    // The target behind it is the same: its certificate is for its own name, and so is the handshake.
    const link = new FaultyLink({ ...target, host: "127.0.0.1", port, named: namedAs(target) }, server);
    server.on("connection", (client) => link.#join(client, target, random));
    return link;
  }

  /** Connections that are open now. */
  get connections(): number {
    return this.#pairs.size;
  }

  /** Sets the conditions; what is left out is as on a perfect link. */
  set(conditions: LinkConditions): void {
    this.#conditions = conditions;
    for (const { toServer, toClient } of this.#pairs) {
      toServer.give();
      toClient.give();
    }
  }

  /** Resets every open connection, as a rebooting router or a NAT that forgot them does. */
  cut(): void {
    for (const { client, server } of this.#pairs) {
      for (const socket of [client, server]) if (!socket.destroyed) socket.resetAndDestroy();
    }
  }

  /** Refuses new connections, or takes them again. */
  accept(isOpen: boolean): void {
    this.#isOpen = isOpen;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }

  #join(client: Socket, target: Address, random: () => number): void {
    client.on("error", () => {});
    if (!this.#isOpen) {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ host: target.host, port: target.port, allowHalfOpen: true, noDelay: true });
    const present = (): LinkConditions => this.#conditions;
    const toServer = new LinkDirection("to-server", client, server, present, random);
    const toClient = new LinkDirection("to-client", server, client, present, random);
    const pair = { client, server, toServer, toClient };
    this.#pairs.add(pair);
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      // A reset is passed on as one; an orderly end goes through the queue of its direction.
      socket.on("error", () => {
        if (!other.destroyed) other.resetAndDestroy();
      });
      socket.on("close", () => {
        if (client.destroyed && server.destroyed) this.#pairs.delete(pair);
      });
    }
  }
}
