import { createWriteStream, mkdirSync, type WriteStream } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { ContainerRuntimeClient } from "testcontainers";
import type { EngineContainer } from "./container-engine.ts";
import { LogTail } from "./log-tail.ts";

/** Longest wait for the rest of the log of a container that has ended, in milliseconds. */
const REST_DEADLINE_MS = 2_000;

/** Keeps what a container logs: all of it in a file, and the last lines for messages and the result. */
export class ContainerLog {
  readonly #tail = new LogTail();
  readonly #file: WriteStream | undefined;
  #isOver: Promise<unknown> = Promise.resolve();

  /** @param folder gets `<name>.log`; without it only the tail is kept */
  constructor(folder: string | undefined, name: string) {
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    this.#file = createWriteStream(join(folder, `${name}.log`));
  }

  /** The last lines, oldest first. */
  get lines(): string[] {
    return this.#tail.lines;
  }

  /** Takes a stream of the log until the container stops. */
  follow(stream: Readable): void {
    stream.on("data", (chunk: Buffer | string) => {
      this.#tail.add(String(chunk));
      this.#file?.write(chunk);
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

  /** Takes the rest of the log of a container that has ended, and closes the file. */
  async close(): Promise<void> {
    await Promise.race([this.#isOver, delay(REST_DEADLINE_MS, undefined, { ref: false })]);
    await new Promise<void>((resolve) => (this.#file ? this.#file.end(() => resolve()) : resolve()));
  }
}
