import type { Command, Frame, ProtocolError } from "../codegen/index.ts";
import type { HttpHandler } from "./http/handler.ts";
import type { Handler, Section } from "./logic/handler.ts";
import type { Store } from "./store/store.ts";

/** A connection as a mutant sees it. */
export interface ConnectionView {
  readonly id: number;
  readonly transport: "tcp" | "ws";
  /** 0 before login. */
  readonly self: bigint;
  /** Whether a user is logged in on it, and it has not ended. */
  readonly isOnline: boolean;
  /** Takes no more requests; closes once those that were taken are answered. */
  close(): void;
}

/** Cuts a connection's byte stream into frames, as `Framer` does. */
export interface FrameCutter {
  push(chunk: Uint8Array): void;
  next(): Frame | undefined;
  readonly pendingBytes: number;
}

/** The sending side of a connection: a TCP byte stream, or one WebSocket message per frame. */
export interface ByteSocket {
  /** Bytes written that the transport has not passed on yet. */
  readonly backlog: number;
  /** Sends bytes; they may be many frames, or a part of one. */
  write(bytes: Uint8Array): void;
  /** Closes once everything written has been sent. */
  end(): void;
  /** Closes at once, by reset where the transport can. */
  destroy(): void;
}

/** A packet on its way out of the server. */
export interface OutgoingPacket {
  readonly command: Command;
  readonly message: unknown;
  /** Whether it answers a request. */
  readonly isReply: boolean;
  readonly seq_num: number;
  readonly connection: ConnectionView;
}

/** What the gate does with a packet that has no place here: passes over it, handles it all the same, or closes. */
export type PacketAction = "ignore" | "handle" | "close";

/** Framing and connection behaviour. */
export interface GateSeam {
  /** Frames sent as soon as a client connects: none (CONN-01). */
  greet(connection: ConnectionView): Uint8Array[];
  createFramer(maxLength: number): FrameCutter;
  /** The stream cannot be cut any more: close (CONN-06). `handle` counts as `ignore`. */
  onBadFrame(error: ProtocolError, connection: ConnectionView): PacketAction;
  /** A command before login other than a login: close (CONN-15). */
  onEarlyCommand(commandId: number, connection: ConnectionView): PacketAction;
  /** No handler for this command: ignore (CONN-13). */
  onUnknownCommand(commandId: number, connection: ConnectionView): PacketAction;
  /** Ignore (CONN-14). `handle` hands an all-default message to the handler. */
  onUndecodableBody(command: Command, connection: ConnectionView): PacketAction;
  /** The number after `previous` in a connection's counter: 1 to 65534, then 1 (CONN-11). */
  nextPushNumber(previous: number): number;
  /** The number of an answer: the request's unless that is 0 (CONN-10, CONN-12). */
  replyNumber(command: Command, requestNumber: number, nextPushNumber: () => number): number;
  /** One packet numbered 0; the gate writes the number into each copy (CONN-02). */
  encode(command: Command, message: unknown): Uint8Array;
  /** What is sent instead of a packet; undefined: every packet as it is, and nothing is asked. */
  outgoing: ((packet: OutgoingPacket) => OutgoingPacket[]) | undefined;
  /**
   * Bytes of packets that are not whole or not handled yet that all connections together may hold (CONN-23).
   * @param asked what the server's options say
   */
  incomingLimit(asked: number): number;
  /** Of the connections that hold such bytes, in the order in which they began to, the one to be closed: who holds most. */
  firstToGo<C extends ConnectionView>(held: ReadonlyMap<C, number>): C | undefined;
  /** Hands bytes to the transport. */
  write(socket: ByteSocket, bytes: Uint8Array): void;
  /** Ends a connection that the server closes. */
  hangUp(socket: ByteSocket): void;
}

/** A push on its way to connections. */
export interface PushView {
  readonly users: readonly bigint[];
  readonly command: Command;
  readonly message: unknown;
  readonly exceptOrigin: boolean;
  readonly confirmedBy?: string;
}

/** Who gets a push. */
export interface FanOutSeam {
  /** Of one user's connections those that get it: all but the origin where that is left out (PUSH-01, PUSH-04). */
  recipients(
    push: PushView,
    userId: bigint,
    connections: readonly ConnectionView[],
    origin: number | undefined,
  ): readonly ConnectionView[];
}

/** Times and what counts. */
export interface TimerSeam {
  /** Milliseconds from connecting to a successful login (LOGIN-10). */
  loginTimeoutMs: number;
  /** Milliseconds without a heartbeat after which a connection is closed (HB-02). */
  heartbeatTimeoutMs: number;
  /** Milliseconds for which an unconfirmed push is remembered (ACK-03). */
  ackTimeoutMs: number;
  /** Whether a packet counts as a heartbeat: every one does (HB-03). */
  isSignOfLife(commandId: number): boolean;
  /** Whether a push to a client counts as one, too: none does. */
  isPushSignOfLife: boolean;
}

/** Everything that a mutant may wrap. Each part is replaced or changed in place before the server listens. */
export interface Seams {
  /** By command id (CONN-13: what is not here is unknown). */
  handlers: Map<number, Handler>;
  /** Called when a user's last connection has gone. */
  userOffline: NonNullable<Section["userOffline"]>[];
  /** Operations take no `this`: wrap by `seams.store = { ...seams.store, append: … }`. */
  store: Store;
  gate: GateSeam;
  fanOut: FanOutSeam;
  timers: TimerSeam;
  /** The clock, in Unix milliseconds. */
  now(): number;
  /** By path, e.g. `/user/register`. */
  http: Map<string, HttpHandler>;
  /** Makes the body of an HTTP request of the pieces in which it came. */
  joinBody(pieces: readonly Buffer[]): Uint8Array;
}
