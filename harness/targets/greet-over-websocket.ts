import { WebSocket } from "ws";
import { type Address, formatAddress } from "../client/index.ts";

/** What became of a WebSocket handshake, and of a packet behind it. */
export type Greeting =
  /** There was no handshake: who listens does not speak HTTP, or nothing at all. */
  | { readonly how: "no-handshake" }
  /** It was answered with another status than 101. */
  | { readonly how: "refused"; readonly status: string }
  /** The packet was answered with a message, left unanswered, or the connection was closed. */
  | { readonly how: "message"; readonly bytes: Buffer; readonly isText: boolean }
  | { readonly how: "silent" | "closed" };

/**
 * Opens a WebSocket connection, sends a packet, and tells what comes.
 * @param patienceMs longest wait for the handshake, and for the answer, in milliseconds
 */
export function greetOverWebSocket(address: Address, packet: Uint8Array, patienceMs: number): Promise<Greeting> {
  return new Promise((resolve) => {
    const socket = new WebSocket(formatAddress(address), {
      rejectUnauthorized: false,
      handshakeTimeout: patienceMs,
      perMessageDeflate: false,
      // Packets in text messages are hardly ever text.
      skipUTF8Validation: true,
    });
    let isOpen = false;
    let timer: NodeJS.Timeout | undefined;
    const finish = (greeting: Greeting): void => {
      clearTimeout(timer);
      socket.removeAllListeners();
      // What is torn down before it was open says so by an error.
      socket.on("error", () => {});
      socket.terminate();
      resolve(greeting);
    };
    socket.on("unexpected-response", (_request, { statusCode, statusMessage }) => {
      finish({ how: "refused", status: `HTTP/1.1 ${statusCode} ${statusMessage}` });
    });
    socket.on("open", () => {
      isOpen = true;
      timer = setTimeout(() => finish({ how: "silent" }), patienceMs);
      socket.send(packet, { binary: true });
    });
    socket.on("message", (bytes: Buffer, isBinary: boolean) => finish({ how: "message", bytes, isText: !isBinary }));
    socket.on("error", () => finish({ how: isOpen ? "closed" : "no-handshake" }));
    socket.on("close", () => finish({ how: isOpen ? "closed" : "no-handshake" }));
  });
}
