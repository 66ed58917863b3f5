import { createServer, type IncomingMessage, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { PartialMessage } from "./partial-message.ts";
import { type Accept, type AddressOf, CloseCode, type GateSocket, type SocketListener } from "./socket.ts";
import { type TlsOptions, tlsListener } from "./tls.ts";

/** A client over WebSocket: each binary message is exactly one packet. */
class WebSocketClient implements GateSocket {
  readonly transport = "ws";
  readonly framed = true;
  readonly inTransit = 0;
  closeCode: CloseCode = CloseCode.normal;
  readonly #webSocket: WebSocket;
  readonly #socket: Socket;
  readonly #addressOf: AddressOf;

  constructor(webSocket: WebSocket, socket: Socket, addressOf: AddressOf) {
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.#addressOf = addressOf;
  }

  get address(): string {
    return this.#addressOf(this.#socket);
  }

  get backlog(): number {
    return this.#webSocket.bufferedAmount;
  }

  write(bytes: Uint8Array): void {
    // A write that fails is followed by `close`.
    this.#webSocket.send(bytes, () => {});
  }

  cork(): void {
    this.#socket.cork();
  }

  uncork(): void {
    this.#socket.uncork();
  }

  pause(): void {
    this.#webSocket.pause();
  }

  resume(): void {
    this.#webSocket.resume();
  }

  end(): void {
    this.#webSocket.close(this.closeCode);
  }

  destroy(): void {
    this.#webSocket.terminate();
  }
}

/**
 * Tells the listener what the library will hold of a message that is not whole yet, before the library gets it.
 * @returns ends that
 */
function tellPartialMessages(socket: Socket, listener: SocketListener): () => void {
  const partial = new PartialMessage();
  let told = 0;
  const tell = (chunk: Buffer): void => {
    partial.add(chunk);
    if (partial.bytes === told) return;
    told = partial.bytes;
    listener.onPartial(told);
  };
  socket.prependListener("data", tell);
  return () => {
    // Something has to take what still comes, or it would wait in the socket.
    socket.on("data", () => {});
    socket.off("data", tell);
    listener.onPartial(0);
  };
}

function attach(webSocket: WebSocket, request: IncomingMessage, accept: Accept, addressOf: AddressOf): void {
  const client = new WebSocketClient(webSocket, request.socket, addressOf);
  const listener = accept(client);
  if (!listener) {
    webSocket.terminate();
    return;
  }
  const stopTelling = tellPartialMessages(request.socket, listener);
  webSocket.on("message", (data, isBinary) => {
    if (isBinary) {
      listener.onData(data as Buffer);
      return;
    }
    client.closeCode = CloseCode.textMessage;
    listener.onEnd();
  });
  request.socket.on("drain", () => listener.onDrain());
  // What cannot be a message; the library has said why it closes, and a client that goes on is not waited for.
  webSocket.on("error", () => {
    stopTelling();
    listener.onEnd();
  });
  webSocket.on("close", () => listener.onClosed());
}

/** Limits of the WebSocket listener. */
export interface WebSocketLimits {
  /** Largest message, in bytes. */
  maxFrameLength: number;
  /** Milliseconds within which a client must have finished the opening handshake. */
  handshakeTimeoutMs: number;
  readonly addressOf: AddressOf;
}

/** A server for WebSocket clients on any path, TLS with `tls`; not listening yet. */
export function createWebSocketServer(accept: Accept, limits: WebSocketLimits, tls: TlsOptions | undefined): Server {
  const options = {
    noDelay: true,
    headersTimeout: limits.handshakeTimeoutMs,
    requestTimeout: limits.handshakeTimeoutMs,
    connectionsCheckingInterval: Math.min(1000, limits.handshakeTimeoutMs),
  };
  const server = tls
    ? createTlsServer({ ...options, ...tlsListener(tls, limits.handshakeTimeoutMs) })
    : createServer(options);
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  server.on("request", (_request, response) => {
    response.writeHead(426, { connection: "close", upgrade: "websocket" }).end("this port speaks WebSocket\n");
  });
  const webSockets = new WebSocketServer({
    server,
    maxPayload: limits.maxFrameLength,
    perMessageDeflate: false,
    // A message of each client in a turn of the event loop: a chunk may hold thousands.
    allowSynchronousEvents: false,
    clientTracking: false,
  });
  webSockets.on("connection", (webSocket, request) => attach(webSocket, request, accept, limits.addressOf));
  // Passed on from the HTTP server, whose own listener reports a port that is taken.
  webSockets.on("error", () => {});
  webSockets.on("wsClientError", (_error, socket) => socket.destroy());
  return server;
}
