import { type Command, encodeFrame, type Frame, Framer, isProtocolError, type Partially } from "../../codegen/index.ts";
import { type Address, formatAddress, parseAddress } from "./address.ts";
import { ClientError } from "./errors.ts";
import { openTransport } from "./open-transport.ts";
import { NO_BYTES, type TraceHook } from "./trace.ts";
import type { CloseReason, Transport, TransportOptions, TransportSink } from "./transport.ts";

/** Who takes what a {@link Connection} receives. */
export interface ConnectionHandler {
  /** Called for each whole packet, in the order of arrival. Who keeps the body copies it: see {@link Frame}. */
  onFrame(frame: Frame): void;
  /** Called once; nothing follows. */
  onClose(reason: CloseReason): void;
  /** A WebSocket text message came; without this method the connection is closed with code 1003. */
  onText?(text: string): void;
}

/** How to open a {@link Connection}. */
export interface ConnectionOptions extends TransportOptions {
  /** Name in traces and error messages. Default: `connection`. */
  label?: string | undefined;
  trace?: TraceHook | undefined;
  /** Largest packet taken from the server, in bytes, header included. Default 10 MiB (CONN-07). */
  maxFrameLength?: number | undefined;
}

/** A transport with frames instead of bytes: no numbering, no matching, no timers. The layer to build a virtual user on. */
export class Connection {
  readonly label: string;
  readonly #handler: ConnectionHandler;
  readonly #trace: TraceHook | undefined;
  readonly #framer: Framer;
  #transport: Transport | undefined;
  #closeReason: CloseReason | undefined;

  private constructor(handler: ConnectionHandler, options: ConnectionOptions) {
    this.label = options.label ?? "connection";
    this.#handler = handler;
    this.#trace = options.trace;
    this.#framer = new Framer(options.maxFrameLength);
  }

  /** @throws ClientError `connect-failed` or `aborted` */
  static async open(
    target: Address | string,
    handler: ConnectionHandler,
    options: ConnectionOptions = {},
  ): Promise<Connection> {
    const address = typeof target === "string" ? parseAddress(target) : target;
    const connection = new Connection(handler, options);
    try {
      const sink = connection.#sink(handler.onText !== undefined);
      connection.#transport = await openTransport(address, sink, options);
    } catch (cause) {
      const details = { connection: connection.label, cause };
      if (options.signal?.aborted) throw new ClientError("aborted", "connecting was aborted", details);
      const why = cause instanceof AggregateError ? (cause.errors[0] as Error).message : (cause as Error).message;
      throw new ClientError("connect-failed", `cannot connect to ${formatAddress(address)}: ${why}`, details);
    }
    connection.#note(`opened ${formatAddress(address)} from port ${connection.localPort}`);
    return connection;
  }

  /** The own port of the connection; 0 before it is open. */
  get localPort(): number {
    return this.#transport?.localPort ?? 0;
  }

  /** Bytes sent that the kernel has not taken yet. */
  get bufferedBytes(): number {
    return this.#transport?.bufferedBytes ?? 0;
  }

  /** How the connection ended, undefined while it is open for reading. */
  get closeReason(): CloseReason | undefined {
    return this.#closeReason;
  }

  /** Sends one packet. */
  sendFrame<M>(command: Command<M>, message: Partially<M>, seqNum: number): void {
    this.sendBytes(encodeFrame(command, message, seqNum));
  }

  /** Sends bytes that are one whole packet; the trace shows them as such. */
  sendBytes(frame: Uint8Array): void {
    this.#trace?.({ at: performance.now(), connection: this.label, direction: "out", bytes: frame });
    this.#transport?.send(frame);
  }

  /** Sends the beginning of a packet, or what follows it; {@link sendBytes} sends the rest. */
  sendPart(bytes: Uint8Array): void {
    this.#trace?.({ at: performance.now(), connection: this.label, direction: "raw-out", bytes });
    this.#transport?.sendPart(bytes);
  }

  /** Sends any bytes. Resolves when the kernel has taken them or the connection is gone. */
  sendRaw(bytes: Uint8Array): Promise<void> {
    this.#trace?.({ at: performance.now(), connection: this.label, direction: "raw-out", bytes });
    return new Promise((resolve) => {
      if (this.#transport) this.#transport.send(bytes, resolve);
      else resolve();
    });
  }

  /** Half-close: nothing more will be sent, reading goes on (WebSocket: close handshake). */
  endWriting(): void {
    this.#note("sending side closed");
    this.#transport?.endWriting();
  }

  /** Closes in order. */
  close(): void {
    this.#transport?.close();
  }

  /**
   * Closes with a TCP reset.
   * @param why what went wrong, when it was not the caller's wish; it becomes the reason of the close
   */
  reset(why?: Error): void {
    if (why) this.#onClose({ how: "error", error: why, isUnreadable: isProtocolError(why) });
    else this.#note("reset");
    this.#transport?.reset();
  }

  /** Stops reading from the kernel. */
  pause(): void {
    this.#transport?.pause();
  }

  /** Reads from the kernel again after {@link pause}. */
  resume(): void {
    this.#transport?.resume();
  }

  #sink(takesText: boolean): TransportSink {
    const sink: TransportSink = {
      onBytes: (chunk) => this.#onBytes(chunk),
      onClose: (reason) => this.#onClose(reason),
    };
    if (takesText) {
      sink.onText = (text) => {
        this.#note(`WebSocket text message: ${text}`);
        this.#handler.onText?.(text);
      };
    }
    return sink;
  }

  #onBytes(chunk: Uint8Array): void {
    if (this.#closeReason) return;
    this.#framer.push(chunk);
    for (let frame = this.#nextFrame(); frame; frame = this.#nextFrame()) {
      this.#trace?.({ at: performance.now(), connection: this.label, direction: "in", bytes: frame.bytes });
      this.#handler.onFrame(frame);
    }
  }

  #nextFrame(): Frame | undefined {
    try {
      return this.#framer.next();
    } catch (error) {
      // The stream cannot be cut any more (wire contract §2.1): nothing behind this point has a meaning.
      this.reset(error as Error);
      return undefined;
    }
  }

  #onClose(reason: CloseReason): void {
    if (this.#closeReason) return;
    this.#closeReason = reason;
    this.#note(describeClose(reason));
    this.#handler.onClose(reason);
  }

  #note(note: string): void {
    this.#trace?.({ at: performance.now(), connection: this.label, direction: "note", bytes: NO_BYTES, note });
  }
}

/** One phrase that says how a connection ended. */
export function describeClose(reason: CloseReason): string {
  switch (reason.how) {
    case "fin":
      return reason.webSocketCode === undefined
        ? "closed by the server (FIN)"
        : `closed by the server (WebSocket code ${reason.webSocketCode})`;
    case "rst":
      return "reset by the server (RST)";
    case "local":
      return "closed by the client";
    case "error":
      return `broken: ${reason.error.message}`;
  }
}
