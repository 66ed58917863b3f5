import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type FixturePorts, ServerFixture } from "../../server-ref/testing/server-fixture.ts";

const LAUNCHER = join(import.meta.dirname, "../../bin/cupping.js");

/** Arguments for free ports. */
export const FREE_PORTS: readonly string[] = ["--tcp", "0", "--ws", "0", "--http", "0"];

/** The line that says that it listens. */
export interface Listening extends FixturePorts {
  readonly event: string;
  readonly pid: number;
}

/** How it ended and what it printed. */
export interface Ended {
  code: number | null;
  signal: string | null;
  stdout: string[];
  stderr: string;
}

/** `cupping serve` as a process, as a shell or a CI would run it. */
export class ServeProcess extends ServerFixture {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it tells its parent by the channel between them; undefined: nothing. */
  told: unknown;
  readonly #lines: string[] = [];
  readonly #firstLine: Promise<string | undefined>;
  #listening: Listening | undefined;

  /** @param args everything behind `serve` */
  constructor(...args: string[]) {
    super();
    const child = spawn(process.execPath, [LAUNCHER, "serve", ...args], { stdio: ["ignore", "pipe", "pipe", "ipc"] });
    this.child = child;
    child.on("message", (message) => {
      this.told = message;
    });
    let stderr = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    lines.on("line", (line) => this.#lines.push(line));
    const closed = once(child, "close") as Promise<[number | null, string | null]>;
    this.#firstLine = Promise.race([
      once(lines, "line").then(([line]) => line as string),
      closed.then(() => undefined),
    ]);
    this.ended = closed.then(([code, signal]) => ({ code, signal, stdout: this.#lines, stderr }));
  }

  get ports(): FixturePorts {
    if (!this.#listening) throw new Error("the server does not listen yet");
    return this.#listening;
  }

  /** Fulfilled once it listens. */
  async listening(): Promise<Listening> {
    const line = await this.#firstLine;
    if (line === undefined) throw new Error(`serve ended: ${JSON.stringify(await this.ended)}`);
    this.#listening = JSON.parse(line) as Listening;
    return this.#listening;
  }

  async stop(): Promise<void> {
    this.child.kill("SIGTERM");
    await this.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill("SIGKILL");
    await this.ended;
  }
}
