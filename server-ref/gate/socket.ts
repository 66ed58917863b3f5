import type { Socket } from "node:net";
import type { ByteSocket } from "../seams.ts";

/** What a WebSocket is closed with (RFC 6455, section 7.4.1): why the server ends the connection. */
export const CloseCode = { normal: 1000, textMessage: 1003, malformedPacket: 1007, packetTooLarge: 1009 } as const;
/** One of these codes. */
export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];

/** What a transport offers a connection; TCP and WebSocket each make one. */
export interface GateSocket extends ByteSocket {
  readonly transport: "tcp" | "ws";
  /** Whether each write must be exactly one frame (WebSocket). */
  readonly framed: boolean;
  /** The client's address, as balancers name it where they do; empty once the client has left. */
  readonly address: string;
  /** Bytes on their way to where the socket is, when that is another process; they say nothing about the client. */
  readonly inTransit: number;
  /** Why the connection will end, for transports that tell the client. */
  closeCode: CloseCode;
  /** Gathers the writes until {@link uncork}. */
  cork(): void;
  uncork(): void;
  pause(): void;
  resume(): void;
}

/** Events of a transport, as a connection receives them. */
export interface SocketListener {
  onData(bytes: Uint8Array): void;
  /** The transport itself holds this many bytes of a message that is not whole yet. */
  onPartial(bytes: number): void;
  /** The client will send no more, or sent what the transport cannot take. */
  onEnd(): void;
  /** The backlog is gone, or nothing is in transit any more. */
  onDrain(): void;
  onClosed(): void;
}

/** Accepts a new client. Returns undefined to refuse it: the transport then closes it. */
export type Accept = (socket: GateSocket) => SocketListener | undefined;

/**
 * The address of who is at the other end; empty once it has left. It is asked for when somebody wants to know it: a socket
 * that was asked once keeps the answer, some 500 bytes for each connection.
 */
export type AddressOf = (socket: Socket) => string;
