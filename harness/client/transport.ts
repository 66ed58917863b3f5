import type { Address } from "./address.ts";
import type { TlsSettings } from "./tls-settings.ts";

/**
 * How a connection ended:
 * - `fin`: the peer closed in order (TCP FIN; for WebSocket with the close code, 1005 when it sent none, 1006 when
 *   the TCP connection ended without a close frame)
 * - `rst`: the peer or the network reset it
 * - `local`: this side closed it
 * - `error`: anything else; `isUnreadable` when the peer's bytes are none that it may send: they cannot be cut into
 *   frames, or are no binary messages of WebSocket
 */
export type CloseReason =
  | { readonly how: "fin"; readonly webSocketCode?: number }
  | { readonly how: "rst"; readonly error: Error }
  | { readonly how: "local" }
  | { readonly how: "error"; readonly error: Error; readonly isUnreadable?: boolean };

/** Who takes what a transport receives. Push callbacks, because an iterator costs a promise per chunk. */
export interface TransportSink {
  /** Bytes of the stream, in order, in whatever pieces they came. Nobody writes to them again. */
  onBytes(chunk: Uint8Array): void;
  /** The connection is over for reading. Called once; nothing follows. */
  onClose(reason: CloseReason): void;
  /** A WebSocket text message came. Without this method the connection is closed with code 1003. */
  onText?(text: string): void;
}

/** An open byte stream to a server. TCP and WebSocket have the same shape. */
export interface Transport {
  /** Local port, for looking a connection up in a server's log or a packet capture. */
  readonly localPort: number;
  /** Bytes given to {@link send} that the kernel has not taken yet. */
  readonly bufferedBytes: number;
  /** Sends bytes (WebSocket: as one binary message). Resolves `taken` when the kernel has them or the link is gone. */
  send(bytes: Uint8Array, taken?: () => void): void;
  /** Sends bytes, of which more will follow (WebSocket: as a fragment of a message, which the next `send` ends). */
  sendPart(bytes: Uint8Array): void;
  /** Says that nothing more will be sent and goes on reading: TCP half-close; WebSocket: the close handshake. */
  endWriting(): void;
  /** Closes in order, without waiting for the peer. */
  close(): void;
  /** Closes with a TCP reset. */
  reset(): void;
  /** Stops reading, so that the kernel's buffers and then the peer's fill up. */
  pause(): void;
  resume(): void;
}

/** How to open a transport. */
export interface TransportOptions {
  /** Longest wait for the connection, handshakes included, in milliseconds. Default 10,000. */
  connectDeadlineMs?: number | undefined;
  /** Gives the attempt up. */
  signal?: AbortSignal | undefined;
  /** Keep the sending side open when the peer has closed its own. Default false. */
  allowHalfOpen?: boolean | undefined;
  /** Local IP address to connect from. */
  localAddress?: string | undefined;
  /** For `tls` and `wss`: PEM certificates to trust instead of the well-known ones. */
  ca?: string | Buffer | undefined;
  /** For `tls` and `wss`: whether the server's certificate is checked. Default true. */
  rejectUnauthorized?: boolean | undefined;
}

/** What holds for a connection: the address's own settings, and what its options say beside them. */
export function tlsSettingsOf({ tls }: Pick<Address, "tls">, options: TransportOptions): TlsSettings | undefined {
  const { ca, rejectUnauthorized } = options;
  if (ca === undefined && rejectUnauthorized === undefined) return tls;
  return {
    ...tls,
    ...(ca !== undefined && { ca }),
    ...(rejectUnauthorized !== undefined && { insecure: !rejectUnauthorized }),
  };
}

/** Longest wait for a connection unless told otherwise, in milliseconds. */
export const DEFAULT_CONNECT_DEADLINE_MS = 10_000;
