import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { awakeTimeout } from "../awake-timeout.ts";
import { type Address, namedAs } from "./address.ts";
import { openSocket } from "./open-socket.ts";
import { tlsOptions } from "./tls-settings.ts";
import {
  DEFAULT_CONNECT_DEADLINE_MS,
  type Transport,
  type TransportOptions,
  type TransportSink,
  tlsSettingsOf,
} from "./transport.ts";

class TcpTransport implements Transport {
  readonly localPort: number;
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.localPort = socket.localPort ?? 0;
  }

  get bufferedBytes(): number {
    return this.#socket.writableLength;
  }

  send(bytes: Uint8Array, taken?: () => void): void {
    this.#socket.write(bytes, taken);
  }

  sendPart(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  endWriting(): void {
    this.#socket.end();
  }

  close(): void {
    closeSocket(this.#socket);
  }

  reset(): void {
    resetSocket(this.#socket);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }
}

/** Longest time that a closing socket waits for a peer that does not read, in milliseconds. */
const LINGER_MS = 2_000;

/** Closes a socket once what was sent is written, or after a short while when the peer does not take it. */
export function closeSocket(socket: Socket): void {
  // `end` alone would leave the socket open until the peer closes too.
  socket.destroySoon();
  if (!socket.destroyed) setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

/** Closes a socket with a reset. */
export function resetSocket(socket: Socket): void {
  // libuv refuses to reset a socket whose FIN is under way, and Node (24.21) then never releases the handle: the
  // process would hang at its end. Such a socket has said goodbye already.
  // It refuses those of TLS altogether.
  if (socket.writableEnded || socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

/** Whether an error of a socket means that the connection was reset. */
export function isReset(error: Error): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "ECONNRESET" || code === "EPIPE";
}

function report(socket: Socket, sink: TransportSink): void {
  let over = false;
  const once = (close: () => void): void => {
    if (!over) close();
    over = true;
  };
  socket.on("data", (chunk: Buffer) => sink.onBytes(chunk));
  socket.on("end", () => once(() => sink.onClose({ how: "fin" })));
  socket.on("error", (error) => once(() => sink.onClose({ how: isReset(error) ? "rst" : "error", error })));
  socket.on("close", () => once(() => sink.onClose({ how: "local" })));
}

/** Connects over TCP or TLS, with Nagle's algorithm off. */
export function openTcp(address: Address, sink: TransportSink, options: TransportOptions): Promise<Transport> {
  const { scheme } = address;
  const { allowHalfOpen = false, localAddress, signal } = options;
  const deadlineMs = options.connectDeadlineMs ?? DEFAULT_CONNECT_DEADLINE_MS;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const common = { allowHalfOpen, noDelay: true, ...(localAddress && { localAddress }) };
    const tls = scheme === "tls" ? tlsOptions(namedAs(address).host, tlsSettingsOf(address, options)) : undefined;
    const socket = openSocket(address, common, tls);
    const settle = (): void => {
      clearDeadline();
      signal?.removeEventListener("abort", abort);
      socket.removeListener("error", fail);
      socket.removeListener("close", closed);
    };
    const fail = (error: unknown): void => {
      settle();
      socket.on("error", () => {});
      socket.destroy();
      reject(error);
    };
    const closed = (): void => fail(new Error("the connection closed during the handshake"));
    const abort = (): void => fail(signal?.reason);
    const clearDeadline = awakeTimeout(() => fail(new Error(`no connection within ${deadlineMs} ms`)), deadlineMs);
    signal?.addEventListener("abort", abort, { once: true });
    socket.once("error", fail);
    socket.once("close", closed);
    socket.once(scheme === "tls" ? "secureConnect" : "connect", () => {
      settle();
      report(socket, sink);
      resolve(new TcpTransport(socket));
    });
  });
}
