import type { Socket } from "node:net";
import { type Address, isSecure, namedAs, openSocket, tlsOptions } from "../../client/index.ts";
import { type CloseCause, causeOf } from "./close-cause.ts";
import { binaryMessage, closeMessage, WebSocketCodec, WebSocketFault } from "./websocket-codec.ts";

/** Who owns a link. One object serves all its links: there is no closure per connection. */
export interface LinkOwner {
  linkOpened(): void;
  /** @param bytes a view of a buffer that the next read, of any connection, writes over */
  linkBytes(bytes: Buffer): void;
  /** Called once; nothing follows. */
  linkClosed(cause: CloseCause): void;
}

/** What waits for a target that does not read, in bytes: thousands of messages of one user. */
const MOST_UNREAD_BYTES = 1024 * 1024;

const linkOf = Symbol("link");
type LinkSocket = Socket & { [linkOf]?: Link };

/** All connections of the process read into this one buffer, one after the other. */
const readBuffer = Buffer.allocUnsafeSlow(256 * 1024);

/** One connection of a virtual user over TCP, TLS or WebSocket, made to cost little more than its socket. */
export class Link {
  readonly #owner: LinkOwner;
  readonly #socket: LinkSocket;
  readonly #webSocket: WebSocketCodec | undefined;
  #closed = false;
  #announced = false;

  /** @param address its host is an IP address: looking names up is for the caller, once */
  constructor(owner: LinkOwner, address: Address) {
    this.#owner = owner;
    const secure = isSecure(address);
    const options = {
      noDelay: true,
      onread: { buffer: readBuffer, callback: onRead },
    };
    const tls = secure ? tlsOptions(namedAs(address).host, address.tls) : undefined;
    const socket: LinkSocket = openSocket(address, options, tls);
    socket[linkOf] = this;
    this.#socket = socket;
    socket.on(secure ? "secureConnect" : "connect", onConnect);
    if (secure && address.proxyProtocol !== undefined) socket.on("data", (bytes: Buffer) => this.bytes(bytes));
    socket.on("error", onError);
    socket.on("end", onEnd);
    socket.on("close", onClose);
    if (address.scheme === "ws" || address.scheme === "wss") {
      this.#webSocket = new WebSocketCodec(address);
    }
  }

  /** Sends one packet; lets go of a target that has not read for long. */
  send(packet: Uint8Array): void {
    if (this.#closed) return;
    this.#socket.write(this.#webSocket ? binaryMessage(packet) : packet);
    if (this.#socket.writableLength > MOST_UNREAD_BYTES) this.destroy("target does not read");
  }

  /** Closes in order. */
  close(): void {
    if (this.#closed) return;
    this.closed("closed by us");
    if (this.#webSocket) this.#socket.write(closeMessage());
    this.#socket.destroySoon();
  }

  /** Closes at once, unsent bytes or not. */
  destroy(cause: CloseCause): void {
    this.closed(cause);
    this.#socket.destroy();
  }

  /** @internal */
  connected(): void {
    if (this.#closed) return;
    if (this.#webSocket) this.#socket.write(this.#webSocket.request());
    else this.#owner.linkOpened();
  }

  /** @internal */
  bytes(chunk: Buffer): void {
    if (this.#closed) return;
    if (!this.#webSocket) {
      this.#owner.linkBytes(chunk);
      return;
    }
    const wasUpgraded = this.#webSocket.isUpgraded;
    try {
      const goesOn = this.#webSocket.read(
        chunk,
        (payload) => {
          this.#opened(wasUpgraded);
          this.#owner.linkBytes(payload);
        },
        (reply) => this.#reply(reply),
      );
      this.#opened(wasUpgraded);
      if (!goesOn) this.destroy("closed by target");
    } catch (error) {
      if (!(error instanceof WebSocketFault)) throw error;
      this.destroy(error.fault);
    }
  }

  /** Answers what the protocol asks for, unless the target does not read it. */
  #reply(bytes: Buffer): void {
    if (this.#socket.writableLength <= MOST_UNREAD_BYTES) this.#socket.write(bytes);
  }

  /** @internal */
  closed(cause: CloseCause): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#owner.linkClosed(cause);
  }

  #opened(wasUpgraded: boolean): void {
    if (wasUpgraded || this.#announced || !this.#webSocket?.isUpgraded) return;
    this.#announced = true;
    this.#owner.linkOpened();
  }
}

function onConnect(this: LinkSocket): void {
  this[linkOf]?.connected();
}

function onRead(this: LinkSocket, length: number, buffer: Uint8Array): boolean {
  this[linkOf]?.bytes(Buffer.from(buffer.buffer, buffer.byteOffset, length));
  return true;
}

function onError(this: LinkSocket, error: Error): void {
  this[linkOf]?.closed(causeOf(error));
}

function onEnd(this: LinkSocket): void {
  this[linkOf]?.closed("closed by target");
}

function onClose(this: LinkSocket): void {
  this[linkOf]?.closed("closed by target");
}
