import type { Readable } from "node:stream";

/** Lines that are kept unless told otherwise. */
const DEFAULT_LINES = 50;
/** A longer line is cut, so that a server that logs a message body does not fill the memory. */
const LONGEST_LINE = 1_000;

/** Keeps the last lines of a log, for error messages and the result file. */
export class LogTail {
  readonly #limit: number;
  readonly #lines: string[] = [];
  #rest = "";

  constructor(limit: number = DEFAULT_LINES) {
    this.#limit = limit;
  }

  /** The last lines, oldest first. */
  get lines(): string[] {
    return this.#rest === "" ? [...this.#lines] : [...this.#lines, this.#rest];
  }

  /** Takes what a stream brings until it ends. */
  follow(stream: Readable): void {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => this.add(text));
  }

  /** Takes a piece of the log, whole lines or not. */
  add(text: string): void {
    const lines = (this.#rest + text).split(/\r?\n/);
    this.#rest = (lines.pop() as string).slice(0, LONGEST_LINE);
    for (const line of lines) this.#lines.push(line.slice(0, LONGEST_LINE));
    this.#lines.splice(0, this.#lines.length - this.#limit);
  }
}
