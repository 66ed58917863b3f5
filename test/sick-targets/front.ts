import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { DEFAULT_MAX_FRAME_LENGTH, type Frame, HEADER_LENGTH, readHeader } from "../../codegen/index.ts";
import type { TargetTimers } from "../../harness/runner/index.ts";
import { type RunningServer, startServer } from "../../server-ref/index.ts";

/** One client of a sick target, and its connection to the healthy server behind. */
export interface Link {
  readonly client: Socket;
  readonly server: Socket;
}

/** What a sick target does to what passes through it. Every method may be left out. */
export interface Sickness {
  /** @returns whether the connection is dealt with and goes no further */
  onConnect?(client: Socket, front: Front): boolean;
  /** @returns whether the packet is swallowed */
  onRequest?(frame: Frame, link: Link, front: Front): boolean;
  /** @returns whether the packet is swallowed */
  onAnswer?(frame: Frame, link: Link, front: Front): boolean;
  /** @returns whether a request to the HTTP API is left without an answer */
  onHttp?(request: IncomingMessage, response: ServerResponse): boolean;
  /** How late a request to the HTTP API is taken up, in milliseconds. */
  httpDelayMs?(request: IncomingMessage): number;
}

/** A healthy reference server behind a line that makes it look sick. */
export class Front {
  readonly #sickness: Sickness;
  readonly #server: RunningServer;
  readonly #links = new Map<Socket, Socket | undefined>();
  readonly #line: Server;
  readonly #api: Server;
  readonly #timers: NodeJS.Timeout[] = [];
  #connections = 0;
  #port = 0;
  #apiPort = 0;

  private constructor(sickness: Sickness, server: RunningServer) {
    this.#sickness = sickness;
    this.#server = server;
    // Each side's end is passed on by itself: a client that has said all may wait for what is left to come.
    this.#line = createServer({ noDelay: true, allowHalfOpen: true }, (client) => this.#accept(client));
    this.#api = createHttpServer((request, response) => void this.#relay(request, response));
  }

  /** @param timers of the server behind, in milliseconds */
  static async start(sickness: Sickness, timers: Partial<TargetTimers> = {}): Promise<Front> {
    const server = await startServer({
      tcp: 0,
      ws: 0,
      http: 0,
      store: "memory:",
      passwordCost: 1,
      log: () => {},
      ...(timers.login !== undefined && { loginTimeoutMs: timers.login }),
      ...(timers.heartbeat !== undefined && { heartbeatTimeoutMs: timers.heartbeat }),
      ...(timers.ack !== undefined && { ackTimeoutMs: timers.ack }),
      ...(timers.call !== undefined && { callHeartbeatTimeoutMs: timers.call }),
    });
    const front = new Front(sickness, server);
    front.#port = await listen(front.#line, 0);
    front.#apiPort = await listen(front.#api, 0);
    return front;
  }

  get target(): string {
    return `tcp://127.0.0.1:${this.#port}`;
  }

  get http(): string {
    return `http://127.0.0.1:${this.#apiPort}`;
  }

  /** Connections that have been opened so far. */
  get connections(): number {
    return this.#connections;
  }

  /** The server behind, which is healthy. */
  get ports(): RunningServer["ports"] {
    return this.#server.ports;
  }

  /** Every connection there is at the moment, the oldest first. */
  get clients(): Socket[] {
    return [...this.#links.keys()];
  }

  /** What a crash looks like when a supervisor starts the server again at once: nobody's connection survives. */
  crash(): void {
    for (const client of this.clients) client.destroy();
  }

  /** Ends the connection of one client, by its port. */
  cut(port: number): void {
    for (const client of this.clients) if (client.remotePort === port) client.destroy();
  }

  /** Does something again and again for as long as this runs. @param pauseMs between two times, in milliseconds */
  every(pauseMs: number, act: () => void): void {
    this.#timers.push(setInterval(act, pauseMs));
  }

  /** A crash with nobody who starts the server again. */
  crashForGood(): void {
    this.#line.close();
    this.crash();
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.crash();
    this.#line.close();
    (this.#api as ReturnType<typeof createHttpServer>).closeAllConnections();
    this.#api.close();
    await this.#server.stop(200);
  }

  #accept(client: Socket): void {
    client.on("error", () => {});
    this.#connections += 1;
    this.#links.set(client, undefined);
    client.on("close", () => this.#links.delete(client));
    if (this.#sickness.onConnect?.(client, this)) return;
    const port = this.#server.ports.tcp as number;
    const server = connect({ host: "127.0.0.1", port, noDelay: true, allowHalfOpen: true });
    this.#links.set(client, server);
    server.on("error", () => {});
    client.on("close", () => server.destroy());
    server.on("close", () => client.destroySoon());
    const link = { client, server };
    pass(client, server, (frame) => this.#sickness.onRequest?.(frame, link, this) ?? false);
    pass(server, client, (frame) => this.#sickness.onAnswer?.(frame, link, this) ?? false);
  }

  async #relay(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.#sickness.onHttp?.(request, response)) return;
    const delayMs = this.#sickness.httpDelayMs?.(request) ?? 0;
    if (delayMs > 0) await new Promise((resume) => setTimeout(resume, delayMs));
    const { method = "GET", url = "/", headers } = request;
    const type = headers["content-type"];
    const answer = await fetch(`http://127.0.0.1:${this.#server.ports.http}${url}`, {
      method,
      ...(type !== undefined && { headers: { "content-type": type } }),
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }
}

/** Passes packets on one by one, and as it is what cannot be cut into packets. */
function pass(from: Socket, to: Socket, swallows: (frame: Frame) => boolean): void {
  let held: Buffer = Buffer.alloc(0);
  let isCut = true;
  // Pieces of a large packet, put together when all have come: to do so for each would take longer than timers wait.
  let pieces: Buffer[] = [];
  let missing = 0;
  from.on("data", (chunk: Buffer) => {
    pieces.push(chunk);
    missing -= chunk.length;
    if (isCut && missing > 0) return;
    held = Buffer.concat([held, ...pieces]);
    pieces = [];
    // One write for the packets of a read: thousands of small ones would hold up every timer of the server behind.
    to.cork();
    // Who has died of a packet takes nothing of what stands behind it.
    while (isCut && held.length >= HEADER_LENGTH && !from.destroyed) {
      const header = readHeader(held);
      isCut = header.length >= HEADER_LENGTH && header.length <= DEFAULT_MAX_FRAME_LENGTH;
      missing = header.length - held.length;
      if (!isCut || missing > 0) break;
      const bytes = held.subarray(0, header.length);
      held = held.subarray(header.length);
      if (!swallows({ header, body: bytes.subarray(HEADER_LENGTH), bytes })) to.write(bytes);
    }
    to.uncork();
    if (isCut || from.destroyed) return;
    to.write(held);
    held = Buffer.alloc(0);
  });
  from.on("end", () => {
    held = Buffer.concat([held, ...pieces]);
    if (held.length > 0) to.write(held);
    to.end();
  });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
