import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, TLSSocket } from "node:tls";
import { type Accept, type AddressOf, CloseCode, type GateSocket, type SocketListener } from "./socket.ts";
import { type TlsOptions, tlsListener } from "./tls.ts";

/** A client over TCP or TLS: a plain stream of bytes (CONN-01). */
class TcpSocket implements GateSocket {
  readonly transport = "tcp";
  readonly framed = false;
  readonly inTransit = 0;
  closeCode: CloseCode = CloseCode.normal;
  readonly #socket: Socket;
  readonly #addressOf: AddressOf;

  constructor(socket: Socket, addressOf: AddressOf) {
    this.#socket = socket;
    this.#addressOf = addressOf;
  }

  get address(): string {
    return this.#addressOf(this.#socket);
  }

  get backlog(): number {
    return this.#socket.writableLength;
  }

  write(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  cork(): void {
    this.#socket.cork();
  }

  uncork(): void {
    this.#socket.uncork();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    // Only a plain socket can be reset, and only while its own side is open: after that a reset fails and the
    // descriptor would stay for ever.
    if (this.#socket instanceof TLSSocket || this.#socket.writableEnded) this.#socket.destroy();
    else this.#socket.resetAndDestroy();
  }
}

const LISTENER = Symbol("listener");

/** A socket that knows its listener: with functions of their own for their events, clients would cost 400 bytes more each. */
interface AttachedSocket extends Socket {
  [LISTENER]?: SocketListener;
}

function onData(this: AttachedSocket, bytes: Buffer): void {
  this[LISTENER]?.onData(bytes);
}

function onDrain(this: AttachedSocket): void {
  this[LISTENER]?.onDrain();
}

function onEnd(this: AttachedSocket): void {
  this[LISTENER]?.onEnd();
}

function onClose(this: AttachedSocket): void {
  this[LISTENER]?.onClosed();
}

/** What went wrong with one client is followed by `close`, and is nobody else's concern (CONN-17). */
function onError(): void {}

function attach(socket: AttachedSocket, accept: Accept, addressOf: AddressOf): void {
  const listener: SocketListener | undefined = accept(new TcpSocket(socket, addressOf));
  if (!listener) {
    socket.destroy();
    return;
  }
  socket[LISTENER] = listener;
  socket.on("data", onData).on("drain", onDrain).on("end", onEnd).on("error", onError).on("close", onClose);
}

/** How TCP clients connect. */
export interface TcpOptions {
  /** Undefined: no TLS. */
  tls: TlsOptions | undefined;
  /** Milliseconds within which a client must have finished the TLS handshake. */
  handshakeTimeoutMs: number;
  readonly addressOf: AddressOf;
}

/**
 * A server for TCP clients; not listening yet. Packets are written as they are made, without Nagle's delay; a client
 * that closes its side still gets its answers.
 */
export function createTcpServer(accept: Accept, { tls, handshakeTimeoutMs, addressOf }: TcpOptions): Server {
  const options = { allowHalfOpen: true, noDelay: true };
  const take = (socket: Socket): void => attach(socket, accept, addressOf);
  if (!tls) return createServer(options, take);
  const server = createTlsServer({ ...options, ...tlsListener(tls, handshakeTimeoutMs) }, take);
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  return server;
}
