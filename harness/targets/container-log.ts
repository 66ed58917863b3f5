import { createWriteStream, mkdirSync, type WriteStream } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { ContainerRuntimeClient } from "testcontainers";
import { CuppingError } from "../errors.ts";
import { systemReason } from "../system-reason.ts";
import type { EngineContainer } from "./container-engine.ts";
import { LogTail } from "./log-tail.ts";

/** Longest wait for the rest of the log of a container that has ended, in milliseconds. */
const REST_DEADLINE_MS = 2_000;

/** Keeps what a container logs: all of it in a file, and the last lines for messages and the result. */
export class ContainerLog {
  readonly #tail = new LogTail();
  readonly #file: WriteStream | undefined;
  #isOver: Promise<unknown> = Promise.resolve();
  /** Why the file does not hold all of it. */
  #loss: CuppingError | undefined;

  /** @param folder gets `<name>.log`; without it only the tail is kept */
  constructor(folder: string | undefined, name: string) {
    if (folder === undefined) return;
    const path = join(folder, `${name}.log`);
    try {
      mkdirSync(folder, { recursive: true });
    } catch (cause) {
      this.#lose(path, cause);
      return;
    }
    this.#file = createWriteStream(path);
    this.#file.on("error", (cause) => this.#lose(path, cause));
  }

  /** The last lines, oldest first. */
  get lines(): string[] {
    return this.#tail.lines;
  }

  /** Takes a stream of the log until the container stops. */
  follow(stream: Readable): void {
    stream.on("data", (chunk: Buffer | string) => {
      this.#tail.add(String(chunk));
      if (this.#loss === undefined) this.#file?.write(chunk);
    });
    this.#isOver = new Promise((resolve) => {
      for (const event of ["end", "close", "error"]) stream.once(event, resolve);
    });
  }

  /** Takes what a container that was started again logs: from this second on, since the rest is here already. */
  async followAgain(engine: ContainerRuntimeClient, container: EngineContainer): Promise<void> {
    const since = Math.floor(Date.parse((await container.inspect()).State.StartedAt) / 1_000);
    this.follow(await engine.container.logs(container, { since }));
  }

  /**
   * Takes the rest of the log of a container that has ended, and closes the file.
   * @throws CuppingError `harness` when not all of it could be written
   */
  async close(): Promise<void> {
    await Promise.race([this.#isOver, delay(REST_DEADLINE_MS, undefined, { ref: false })]);
    // How it ends is heard above.
    if (this.#file) await finished(this.#file.end()).catch(() => undefined);
    if (this.#loss !== undefined) throw this.#loss;
  }

  #lose(path: string, cause: unknown): void {
    this.#loss ??= new CuppingError("harness", `could not write ${path}: ${systemReason(cause)}`, { cause });
  }
}
