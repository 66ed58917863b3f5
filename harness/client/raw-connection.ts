import type { Command, Frame, Partially } from "../../codegen/index.ts";
import type { Address } from "./address.ts";
import { Connection, type ConnectionOptions, describeClose } from "./connection.ts";
import { ClientError } from "./errors.ts";
import type { CloseReason } from "./transport.ts";
import { type WaitOptions, waitWithDeadline } from "./wait.ts";

/** A frame and when it came. */
export interface ReceivedFrame extends Frame {
  /** Monotonic time of arrival in milliseconds. */
  readonly receivedAt: number;
}

const DEFAULT_DEADLINE_MS = 10_000;

interface Waiter {
  /** Looks at what has come and settles when it is enough. */
  check(): void;
  readonly reject: (error: Error) => void;
}

/**
 * A connection for tests of servers: it sends any bytes in any pieces, keeps every frame that comes, and tells how
 * the connection ended. It numbers, matches, confirms and answers nothing by itself, and its sending side stays open
 * after the server has closed.
 */
export class RawConnection {
  readonly label: string;
  readonly #frames: ReceivedFrame[] = [];
  readonly #texts: string[] = [];
  readonly #waiters = new Set<Waiter>();
  #taken = 0;
  #connection: Connection | undefined;

  private constructor(label: string) {
    this.label = label;
  }

  /** @throws ClientError `connect-failed` or `aborted` */
  static async open(target: Address | string, options: ConnectionOptions = {}): Promise<RawConnection> {
    const raw = new RawConnection(options.label ?? "raw");
    raw.#connection = await Connection.open(
      target,
      {
        onFrame: (frame) => raw.#frames.push({ ...frame, receivedAt: performance.now() }) && raw.#wake(),
        onText: (text) => raw.#texts.push(text) && raw.#wake(),
        onClose: () => raw.#wake(),
      },
      { ...options, label: raw.label, allowHalfOpen: true },
    );
    return raw;
  }

  /** The own port of the connection. */
  get localPort(): number {
    return this.#open.localPort;
  }

  /** Every frame that came, taken or not. */
  get received(): readonly ReceivedFrame[] {
    return this.#frames;
  }

  /** Every WebSocket text message that came. */
  get receivedTexts(): readonly string[] {
    return this.#texts;
  }

  /** How the server ended the connection, undefined while it is open. */
  get closeReason(): CloseReason | undefined {
    return this.#open.closeReason;
  }

  /** Sent bytes that the kernel has not taken. */
  get bufferedBytes(): number {
    return this.#open.bufferedBytes;
  }

  /** Sends any bytes (WebSocket: as one binary message). Resolves when the kernel has them or the connection is gone. */
  send(bytes: Uint8Array): Promise<void> {
    return this.#open.sendRaw(bytes);
  }

  /**
   * Sends bytes in pieces, each given to the kernel before the next.
   * @param cuts offsets where one piece ends and the next begins, ascending
   * @param between is awaited between two pieces
   */
  async sendPieces(bytes: Uint8Array, cuts: readonly number[], between?: () => Promise<unknown>): Promise<void> {
    let from = 0;
    for (const to of [...cuts, bytes.length]) {
      if (from > 0) await between?.();
      if (to > from) await this.send(bytes.subarray(from, to));
      from = Math.max(from, to);
    }
  }

  /** Sends one packet. */
  sendFrame<M>(command: Command<M>, message: Partially<M>, seqNum: number): void {
    this.#open.sendFrame(command, message, seqNum);
  }

  /**
   * The next frame that no earlier call has taken.
   * @throws ClientError `deadline`, `closed`, `aborted`
   */
  nextFrame(options: WaitOptions = {}): Promise<ReceivedFrame> {
    return this.#wait(options, "a frame", () => this.#frames[this.#taken] && this.#frames[this.#taken++]);
  }

  /**
   * The next frame that suits; those before it are passed over and stay in {@link received}.
   * @throws ClientError `deadline`, `closed`, `aborted`
   */
  waitForFrame(matches: (frame: ReceivedFrame) => boolean, options: WaitOptions = {}): Promise<ReceivedFrame> {
    return this.#wait(options, "a frame that suits", () => {
      while (this.#taken < this.#frames.length) {
        const frame = this.#frames[this.#taken++] as ReceivedFrame;
        if (matches(frame)) return frame;
      }
      return undefined;
    });
  }

  /** The next WebSocket text message after `already` others. */
  waitForText(already: number = 0, options: WaitOptions = {}): Promise<string> {
    return this.#wait(options, "a text message", () => this.#texts[already]);
  }

  /**
   * Waits until the server closes the connection. Unread bytes hold the end back: do not pause meanwhile.
   * @throws ClientError `deadline`, `aborted`
   */
  waitForClose(options: WaitOptions = {}): Promise<CloseReason> {
    return this.#wait(options, "the end of the connection", () => this.closeReason);
  }

  /** Half-close: FIN, reading goes on. */
  endWriting(): void {
    this.#open.endWriting();
  }

  /** Closes in order. */
  close(): void {
    this.#open.close();
  }

  /** Closes with a TCP reset (RST). */
  reset(): void {
    this.#open.reset();
  }

  /** Stops reading, so that the server's pushes pile up. */
  pause(): void {
    this.#open.pause();
  }

  /** Reads again after {@link pause}; what piled up comes at once. */
  resume(): void {
    this.#open.resume();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  get #open(): Connection {
    if (!this.#connection) throw new Error("the connection is not open yet");
    return this.#connection;
  }

  #wait<T>(options: WaitOptions, what: string, look: () => T | undefined): Promise<T> {
    const deadlineMs = options.deadlineMs ?? DEFAULT_DEADLINE_MS;
    const about = { connection: this.label };
    return waitWithDeadline<T>(
      { deadlineMs, signal: options.signal },
      (settle) => {
        const check = (): void => {
          const found = look();
          const reason = this.closeReason;
          if (found !== undefined) settle.resolve(found);
          else if (reason) {
            const text = `${this.label}: ${describeClose(reason)} while waiting for ${what}`;
            settle.reject(new ClientError("closed", text, { ...about, reason }));
          }
        };
        const waiter = { check, reject: settle.reject };
        this.#waiters.add(waiter);
        check();
        return () => this.#waiters.delete(waiter);
      },
      () => new ClientError("deadline", `${this.label}: waited ${deadlineMs} ms in vain for ${what}`, about),
      about,
    );
  }

  #wake(): void {
    for (const waiter of [...this.#waiters]) waiter.check();
  }
}
