import type { createConnection } from "node:net";
import { WebSocket } from "ws";
import {
  type Address,
  formatAddress,
  namedAs,
  socketForHttp,
  subprotocolFault,
  tlsOptions,
  upgradeHeaders,
} from "../client/index.ts";
import { type Patience, whenOver } from "./patience.ts";

/** What became of a WebSocket handshake, and of a packet behind it. */
export type Greeting =
  /** There was no handshake: who listens does not speak HTTP, or nothing at all. */
  | { readonly how: "no-handshake" }
  /** It was answered with another status than 101. */
  | { readonly how: "refused"; readonly status: string }
  /** It was answered with a subprotocol that was not offered, or with none; in words that follow the server's name. */
  | { readonly how: "other-subprotocol"; readonly fault: string }
  /** The packet was answered with a message, left unanswered, or the connection was closed. */
  | { readonly how: "message"; readonly bytes: Buffer; readonly isText: boolean }
  | { readonly how: "silent" | "closed" };

/**
 * Opens a WebSocket connection, sends a packet, and tells what comes.
 * @param patience how long the handshake is waited for, and the answer
 */
export function greetOverWebSocket(address: Address, packet: Uint8Array, patience: Patience): Promise<Greeting> {
  return new Promise((resolve) => {
    const tls =
      address.scheme === "wss" ? tlsOptions(namedAs(address).host, { ...address.tls, insecure: true }) : undefined;
    const socket = new WebSocket(formatAddress(address), [...(address.upgrade?.subprotocols ?? [])], {
      // Its types know no name that is given several times.
      headers: upgradeHeaders(address) as Record<string, string>,
      createConnection: socketForHttp(address, {}, tls) as unknown as typeof createConnection,
      perMessageDeflate: false,
      // Packets in text messages are hardly ever text.
      skipUTF8Validation: true,
    });
    let isOpen = false;
    const finish = (greeting: Greeting): void => {
      clearPatience();
      socket.removeAllListeners();
      // What is torn down before it was open says so by an error.
      socket.on("error", () => {});
      socket.terminate();
      resolve(greeting);
    };
    let clearPatience = whenOver(patience, () => finish({ how: "no-handshake" }));
    socket.on("unexpected-response", (_request, { statusCode, statusMessage }) => {
      finish({ how: "refused", status: `HTTP/1.1 ${statusCode} ${statusMessage}` });
    });
    socket.on("upgrade", ({ headers }) => {
      const fault = subprotocolFault(address, headers["sec-websocket-protocol"]);
      if (fault !== undefined) finish({ how: "other-subprotocol", fault });
    });
    socket.on("open", () => {
      isOpen = true;
      clearPatience();
      clearPatience = whenOver(patience, () => finish({ how: "silent" }));
      socket.send(packet, { binary: true });
    });
    socket.on("message", (bytes: Buffer, isBinary: boolean) => finish({ how: "message", bytes, isText: !isBinary }));
    socket.on("error", () => finish({ how: isOpen ? "closed" : "no-handshake" }));
    socket.on("close", () => finish({ how: isOpen ? "closed" : "no-handshake" }));
  });
}
