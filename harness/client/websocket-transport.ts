import type { createConnection, Socket } from "node:net";
import { WebSocket } from "ws";
import { awakeTimeout } from "../awake-timeout.ts";
import { type Address, formatAddress, namedAs } from "./address.ts";
import { socketForHttp } from "./open-socket.ts";
import { closeSocket, isReset, resetSocket } from "./tcp-transport.ts";
import { tlsOptions } from "./tls-settings.ts";
import {
  DEFAULT_CONNECT_DEADLINE_MS,
  type Transport,
  type TransportOptions,
  type TransportSink,
  tlsSettingsOf,
} from "./transport.ts";
import { upgradeHeaders } from "./upgrade-headers.ts";

/** WebSocket close code for a message of a kind that the receiver does not take. */
const UNSUPPORTED_DATA = 1003;
/** What `ws` reports when the TCP connection ended without a close frame. */
const ABNORMAL_CLOSURE = 1006;

class WebSocketTransport implements Transport {
  readonly localPort: number;
  readonly #webSocket: WebSocket;
  readonly #socket: Socket;

  constructor(webSocket: WebSocket, socket: Socket) {
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.localPort = socket.localPort ?? 0;
  }

  get bufferedBytes(): number {
    return this.#webSocket.bufferedAmount;
  }

  send(bytes: Uint8Array, taken?: () => void): void {
    // ws throws while connecting only; on a closing socket it calls back with an error, which `close` reports anyway.
    this.#webSocket.send(bytes, { binary: true }, () => taken?.());
  }

  sendPart(bytes: Uint8Array): void {
    this.#webSocket.send(bytes, { binary: true, fin: false }, () => {});
  }

  endWriting(): void {
    this.#webSocket.close(1000);
  }

  close(): void {
    this.#webSocket.close(1000);
    closeSocket(this.#socket);
  }

  reset(): void {
    resetSocket(this.#socket);
  }

  pause(): void {
    this.#webSocket.pause();
  }

  resume(): void {
    this.#webSocket.resume();
  }
}

function report(webSocket: WebSocket, socket: Socket, sink: TransportSink): void {
  let failure: Error | undefined;
  let isUnreadable = false;
  let closedByPeer = false;
  socket.once("end", () => {
    closedByPeer = true;
  });
  socket.once("error", (error) => {
    failure ??= error;
  });
  webSocket.on("message", (data: Buffer, isBinary: boolean) => {
    if (isBinary) sink.onBytes(data);
    else if (sink.onText) sink.onText(data.toString("utf8"));
    else {
      isUnreadable = true;
      failure ??= new Error("the server sent a WebSocket text message; CIM packets travel in binary messages");
      webSocket.close(UNSUPPORTED_DATA);
    }
  });
  webSocket.on("error", (error: NodeJS.ErrnoException) => {
    isUnreadable ||= error.code?.startsWith("WS_ERR_") === true;
    failure ??= error;
  });
  webSocket.on("close", (code) => {
    if (failure && isReset(failure)) sink.onClose({ how: "rst", error: failure });
    else if (failure) sink.onClose({ how: "error", error: failure, isUnreadable });
    else if (code === ABNORMAL_CLOSURE && !closedByPeer) sink.onClose({ how: "local" });
    else sink.onClose({ how: "fin", webSocketCode: code });
  });
}

/** Connects over WebSocket: one binary message out per packet; messages in are cut by `length` like any stream. */
export function openWebSocket(address: Address, sink: TransportSink, options: TransportOptions): Promise<Transport> {
  const { signal, localAddress } = options;
  const deadlineMs = options.connectDeadlineMs ?? DEFAULT_CONNECT_DEADLINE_MS;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const tls =
      address.scheme === "wss" ? tlsOptions(namedAs(address).host, tlsSettingsOf(address, options)) : undefined;
    const webSocket = new WebSocket(formatAddress(address), [...(address.upgrade?.subprotocols ?? [])], {
      perMessageDeflate: false,
      // Packets in text messages are hardly ever text.
      skipUTF8Validation: true,
      // Its types know no name that is given several times.
      headers: upgradeHeaders(address) as Record<string, string>,
      createConnection: socketForHttp(
        address,
        localAddress ? { localAddress } : {},
        tls,
      ) as unknown as typeof createConnection,
    });
    let socket: Socket | undefined;
    const abort = (): void => fail(signal?.reason);
    const settle = (): void => {
      clearDeadline();
      signal?.removeEventListener("abort", abort);
      webSocket.removeListener("error", fail);
    };
    const fail = (error: unknown): void => {
      settle();
      webSocket.on("error", () => {});
      webSocket.terminate();
      reject(error);
    };
    const clearDeadline = awakeTimeout(() => fail(new Error(`no connection within ${deadlineMs} ms`)), deadlineMs);
    signal?.addEventListener("abort", abort, { once: true });
    webSocket.once("error", fail);
    webSocket.once("upgrade", (response) => {
      socket = response.socket;
      socket.setNoDelay(true);
    });
    webSocket.once("open", () => {
      settle();
      report(webSocket, socket as Socket, sink);
      resolve(new WebSocketTransport(webSocket, socket as Socket));
    });
  });
}
