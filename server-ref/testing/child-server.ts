import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { ServerOptions, ServerPorts } from "../index.ts";
import { type FixturePorts, ServerFixture } from "./server-fixture.ts";

/** Options that can travel to another process. */
export type ChildOptions = Omit<ServerOptions, "mutants" | "log">;

/** How the process runs. */
export interface ChildLimits {
  /** Largest file that it may write, in KiB: what is beyond fails as on a full disk. */
  fileKibibytes?: number;
  /** File for the system calls that `strace` sees: what is read, written and synced, with the names of the files. */
  traceTo?: string;
}

const TRACE = ["strace", "-f", "-yy", "-s", "4096", "-e", "trace=read,write,writev,pwrite64,fsync,fdatasync", "-o"];

/** A server in a process of its own, which tests may kill; on TCP alone unless told otherwise. */
export class ChildServer extends ServerFixture {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #exited: Promise<unknown>;
  #ports: FixturePorts | undefined;

  /** The process is made ready at once and serves after {@link serve}. */
  constructor({ fileKibibytes, traceTo }: ChildLimits = {}) {
    super();
    const script = new URL("./server-child.ts", import.meta.url).pathname;
    // bash counts in KiB; the limit also raises a signal, which would end the process if it were not ignored.
    const limit = fileKibibytes === undefined ? "" : `trap '' XFSZ; ulimit -f ${fileKibibytes};`;
    const traced = traceTo === undefined ? [] : [...TRACE, traceTo];
    this.#child = spawn("bash", ["-c", `${limit} exec "$0" "$@"`, ...traced, process.execPath, script], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#exited = once(this.#child, "exit");
    if (!this.#child.stdout) throw new Error("the server process has no standard output");
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  get ports(): FixturePorts {
    if (!this.#ports) throw new Error("the server process does not serve yet");
    return this.#ports;
  }

  /** Fulfilled with the TCP port once the server listens. */
  async serve(options: ChildOptions): Promise<number> {
    await this.#lines.next();
    this.#child.stdin?.write(`${JSON.stringify(options)}\n`);
    const { value } = await this.#lines.next();
    const answer = JSON.parse(value as string) as ServerPorts | { error: string };
    if ("error" in answer) throw new Error(answer.error);
    this.#ports = { tcp: answer.tcp ?? 0, ws: answer.ws ?? 0, http: answer.http ?? 0 };
    return this.#ports.tcp;
  }

  /** Lets the process end by itself, without a drain; a trace is then whole. */
  async stop(): Promise<void> {
    this.#child.stdin?.end();
    await this.#exited;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }

  /** Ends the process at this instant, as a crash would. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#exited;
  }
}
