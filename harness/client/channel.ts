import { type Command, type Frame, formatCommandId, type Partially, type Registry } from "../../codegen/index.ts";
import type { Address } from "./address.ts";
import { Connection, type ConnectionOptions, describeClose } from "./connection.ts";
import { ClientError, type ClientErrorDetails, describeCommand } from "./errors.ts";
import { PendingRequests } from "./pending-requests.ts";
import { type Push, type PushPredicate, PushQueue, type PushWaiter } from "./push-queue.ts";
import { SequenceNumbers } from "./sequence.ts";
import type { CloseReason } from "./transport.ts";
import { type WaitOptions, waitWithDeadline } from "./wait.ts";

/** How to make one request. */
export interface RequestOptions extends WaitOptions {
  /** `seq_num` to send instead of the next one; it must not be outstanding. */
  readonly seqNum?: number | undefined;
}

/** How a {@link Channel} behaves. */
export interface ChannelOptions extends ConnectionOptions {
  /** Longest wait for an answer or a push unless a call says otherwise, in milliseconds. Default 10,000. */
  readonly deadlineMs?: number | undefined;
  /** How many pushes are kept for later waits; 0 keeps none. Default 1,024. */
  readonly pushQueueLimit?: number | undefined;
  /** `seq_num` of the first packet. Default 1. */
  readonly firstSeqNum?: number | undefined;
}

/** Who is called with what comes in. */
export interface ChannelHandler {
  /** The answer to a request of this channel, before the request's promise is resolved. */
  onReply(command: Command, message: unknown): void;
  /** A packet that answers no request. */
  onPush(push: Push): void;
  /** The connection is over; the outstanding requests have been rejected. */
  onClose(reason: CloseReason): void;
}

const DEFAULT_DEADLINE_MS = 10_000;
const DEFAULT_PUSH_QUEUE_LIMIT = 1_024;

/** Requests, answers and pushes over one connection at a time; a new one can follow when it broke. */
export class Channel {
  readonly label: string;
  readonly pushes: PushQueue;
  readonly #options: ChannelOptions;
  readonly #registry: Registry;
  readonly #handler: ChannelHandler;
  readonly #pending = new PendingRequests();
  readonly #pushWaits = new Set<(error: Error) => void>();
  readonly #sequence: SequenceNumbers;
  #connection: Connection | undefined;
  /** Set when no connection will follow. */
  #shutReason: CloseReason | undefined;

  /** @param registry the commands that the server may send; others are ignored but as answers */
  constructor(options: ChannelOptions, registry: Registry, handler: ChannelHandler) {
    this.label = options.label ?? "client";
    this.pushes = new PushQueue(options.pushQueueLimit ?? DEFAULT_PUSH_QUEUE_LIMIT);
    this.#options = options;
    this.#registry = registry;
    this.#handler = handler;
    this.#sequence = new SequenceNumbers((options.firstSeqNum ?? 1) - 1);
  }

  /** The own port of the connection; 0 while there is none. */
  get localPort(): number {
    return this.#connection?.localPort ?? 0;
  }

  /** Whether packets can be sent: from the connect to the first sign of the end. */
  get isOpen(): boolean {
    return this.#connection !== undefined && this.#connection.closeReason === undefined;
  }

  /** Bytes that were sent and that the server has not taken yet. */
  get bufferedBytes(): number {
    return this.#connection?.bufferedBytes ?? 0;
  }

  /** How long a request waits for its answer unless it says otherwise, in milliseconds. */
  get deadlineMs(): number {
    return this.#options.deadlineMs ?? DEFAULT_DEADLINE_MS;
  }

  /** @throws ClientError `connect-failed` or `aborted` */
  async open(address: Address, signal?: AbortSignal): Promise<void> {
    const handler = {
      onFrame: (frame: Frame) => this.#onFrame(frame),
      onClose: (reason: CloseReason) => this.#onClose(reason),
    };
    this.#connection = await Connection.open(address, handler, {
      ...this.#options,
      label: this.label,
      ...(signal && { signal }),
    });
  }

  /** Sends a request and waits for its answer. Neither needs to be in the registry. */
  request<M, Reply>(command: Command<M, Reply>, message: Partially<M>, options: RequestOptions = {}): Promise<Reply> {
    if (command.replyId === undefined || command.replyBody === undefined) {
      return Promise.reject(new TypeError(`${describeCommand(command)} has no answer to wait for; use send()`));
    }
    const seqNum = options.seqNum ?? this.#nextSeqNum();
    if (this.#pending.has(seqNum)) {
      return Promise.reject(new TypeError(`the answer to a request with seq_num ${seqNum} is still due`));
    }
    const about: ClientErrorDetails = { connection: this.label, command: command as Command, seqNum };
    const deadlineMs = options.deadlineMs ?? this.deadlineMs;
    return waitWithDeadline<Reply>(
      { deadlineMs, signal: options.signal },
      (settle) => {
        const request = {
          command: command as Command,
          seqNum,
          resolve: settle.resolve as (reply: unknown) => void,
          reject: settle.reject,
        };
        this.send(command, message, { seqNum });
        this.#pending.add(request);
        return () => this.#pending.remove(request);
      },
      () => {
        const what = `no answer to ${describeCommand(command)} with seq_num ${seqNum} within ${deadlineMs} ms`;
        return new ClientError("deadline", `${this.label}: ${what}${this.#misnumbered(command)}`, about);
      },
      about,
    );
  }

  /** Sends a packet and returns its `seq_num`. @throws ClientError `not-connected` */
  send<M>(command: Command<M>, message: Partially<M>, options: { seqNum?: number } = {}): number {
    if (!this.#connection || !this.isOpen) {
      const what = `${this.label}: ${describeCommand(command)} cannot be sent, there is no open connection`;
      throw new ClientError("not-connected", what, { connection: this.label, command: command as Command });
    }
    const seqNum = options.seqNum ?? this.#nextSeqNum();
    this.#connection.sendFrame(command, message, seqNum);
    return seqNum;
  }

  /** The first kept or coming push that suits. */
  waitFor<M>(command: Command<M>, matches?: PushPredicate<M>, options: WaitOptions = {}): Promise<Push<M>> {
    const deadlineMs = options.deadlineMs ?? this.deadlineMs;
    const about: ClientErrorDetails = { connection: this.label, command: command as Command };
    return waitWithDeadline<Push<M>>(
      { deadlineMs, signal: options.signal },
      (settle) => {
        const waiter: PushWaiter = {
          command: command as Command,
          matches: matches as PushPredicate<unknown> | undefined,
          resolve: (push) => settle.resolve(push as Push<M>),
        };
        this.pushes.wait(waiter);
        if (this.#shutReason) settle.reject(this.#closedError(about, this.#shutReason));
        this.#pushWaits.add(settle.reject);
        return () => {
          this.#pushWaits.delete(settle.reject);
          this.pushes.stopWaiting(waiter);
        };
      },
      () => new ClientError("deadline", this.#noPush(command, deadlineMs), about),
      about,
    );
  }

  /** Ends the connection in order (FIN, or a close frame of WebSocket); no error when there is none. */
  close(): void {
    this.#connection?.close();
  }

  /** @param why what went wrong, when it was not the caller's wish */
  reset(why?: Error): void {
    this.#connection?.reset(why);
  }

  /** Rejects everything that waits: no connection will follow. */
  shut(reason: CloseReason): void {
    this.#shutReason = reason;
    this.#rejectRequests(reason);
    for (const reject of [...this.#pushWaits]) reject(this.#closedError({ connection: this.label }, reason));
  }

  #nextSeqNum(): number {
    return this.#sequence.next((seqNum) => this.#pending.has(seqNum));
  }

  #onFrame(frame: Frame): void {
    const { command_id, seq_num } = frame.header;
    const command = this.#registry.byId(command_id);
    const request = this.#pending.take(command_id, seq_num);
    const body = request?.command.replyBody ?? command?.body;
    // An unknown command is ignored, as a server ignores one (wire contract §2.1).
    if (!body) return;
    let message: unknown;
    try {
      message = body.decode(frame.body);
    } catch (cause) {
      // Likewise a body that does not parse, but nobody waits for an answer that has come.
      const name = command ? describeCommand(command) : formatCommandId(command_id);
      const what = `${this.label}: the body of ${name} is not a ${body.typeName}`;
      const about = { connection: this.label, command: request?.command, seqNum: seq_num, cause };
      request?.reject(new ClientError("bad-answer", what, about));
      return;
    }
    if (request) {
      if (command) this.#handler.onReply(command, message);
      request.resolve(message);
    } else if (command) {
      this.#handler.onPush({ command, message, seqNum: seq_num, receivedAt: performance.now(), origin: "live" });
    }
  }

  #onClose(reason: CloseReason): void {
    this.#rejectRequests(reason);
    this.#handler.onClose(reason);
  }

  #rejectRequests(reason: CloseReason): void {
    for (const { command, seqNum, reject } of this.#pending.takeAll()) {
      reject(this.#closedError({ connection: this.label, command, seqNum }, reason));
    }
  }

  #closedError(about: ClientErrorDetails, reason: CloseReason): ClientError {
    const waitedFor =
      about.seqNum === undefined ? "" : ` before ${describeCommand(about.command as Command)} was answered`;
    const cause = "error" in reason ? reason.error : undefined;
    return new ClientError("closed", `${this.label}: ${describeClose(reason)}${waitedFor}`, {
      ...about,
      cause,
      reason,
    });
  }

  /** Says when an answer of the right kind came under a wrong number: the likeliest reason for a missed deadline. */
  #misnumbered<M>(command: Command<M>): string {
    const reply = command.replyId === undefined ? undefined : this.#registry.byId(command.replyId);
    const numbers = reply ? this.pushes.peek(reply).map((push) => push.seqNum) : [];
    return numbers.length === 0 ? "" : ` (answers of this kind came with seq_num ${numbers.join(", ")})`;
  }

  #noPush<M>(command: Command<M>, deadlineMs: number): string {
    const others = this.pushes.peek(command as Command).length;
    const dropped = this.pushes.dropped;
    return (
      `${this.label}: no ${describeCommand(command)} as asked for within ${deadlineMs} ms` +
      (others > 0 ? ` (${others} of this command came that did not suit)` : "") +
      (dropped > 0 ? ` (${dropped} pushes were dropped from a full queue)` : "")
    );
  }
}
