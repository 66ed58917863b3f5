import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningServer, type ServerOptions, startServer } from "../index.ts";
import { type FixturePorts, ServerFixture } from "./server-fixture.ts";

/** How long a server without clients may still take to end, in milliseconds. */
const END_MS = 100;

/** What tests want unless they say otherwise: free ports, nothing on disk, cheap passwords, silence. */
const defaults: ServerOptions = {
  host: "127.0.0.1",
  tcp: 0,
  ws: 0,
  http: 0,
  store: "memory:",
  passwordCost: 1,
  log: () => undefined,
};

/** A server in the process of its test. */
export class LocalServer extends ServerFixture {
  readonly #options: ServerOptions;
  #folder: string | undefined;
  #server: RunningServer | undefined;

  /** @param options the store `sqlite:` is a file in a folder of the fixture's own */
  constructor(options: ServerOptions = {}) {
    super();
    this.#options = options;
  }

  static async start(options?: ServerOptions): Promise<LocalServer> {
    const server = new LocalServer(options);
    await server.start();
    return server;
  }

  get ports(): FixturePorts {
    if (!this.#server) throw new Error("the server has not been started");
    const { tcp, ws, http } = this.#server.ports;
    return { tcp: tcp ?? 0, ws: ws ?? 0, http: http ?? 0 };
  }

  /** Whether nothing survives a restart. */
  get isVolatile(): boolean {
    return (this.#options.store ?? defaults.store) === "memory:";
  }

  /** Starts it, or starts it again on what its store holds. */
  async start(): Promise<void> {
    const options = { ...defaults, ...this.#options };
    if (options.store === "sqlite:") {
      this.#folder ??= await mkdtemp(join(tmpdir(), "cupping-server-"));
      options.store = `sqlite:${join(this.#folder, "test.db")}`;
    }
    this.#server = await startServer(options);
  }

  /** Shows another certificate. */
  renewTls(tls: { cert: string; key: string }): void {
    this.#server?.renewTls(tls);
  }

  /** @param stillMs how long clients that stay are waited for, milliseconds; default: the server's own */
  async stop(stillMs?: number): Promise<void> {
    await this.#server?.stop(stillMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop(END_MS);
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true });
  }
}
