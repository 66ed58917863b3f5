import type { LogicContext } from "../logic/context.ts";
import type { Push } from "../logic/effect.ts";
import type { ReportFailure } from "../logic/perform.ts";
import type { Meter } from "../meter.ts";
import type { Seams } from "../seams.ts";
import type { Deadlines } from "./deadlines.ts";
import type { FairTurns } from "./fair-turns.ts";

/** Bounds on what one client, or all of them, may take. */
export interface GateLimits {
  readonly maxFrameLength: number;
  readonly maxConnections: number;
  readonly maxOutgoingBytes: number;
  /** Bytes of packets not whole or not handled yet, of all connections; one packet of the largest size always fits. */
  readonly maxIncomingBytes: number;
  /** Requests per second of one connection; 0 for no limit. */
  readonly requestRate: number;
}

/** What a connection uses of the gate that holds it. */
export interface ConnectionHost<Connection> {
  readonly seams: Seams;
  readonly context: LogicContext;
  readonly meter: Meter;
  readonly limits: GateLimits;
  readonly reportFailure: ReportFailure;
  readonly deadlines: Deadlines;
  readonly turns: FairTurns;
  /** A user is about to be told to be online here. Fulfilled when no push of the other gates misses it from then on. */
  announce(userId: bigint): Promise<void>;
  /** The connection belongs to a user from now on, and gets what the user is pushed. */
  online(connection: Connection): void;
  /** The connection gets no more pushes. */
  offline(connection: Connection): void;
  /** The connection holds this many bytes that came and are not handled; more than its share may cost it its life. */
  holds(connection: Connection, bytes: number): void;
  /** The socket is gone. */
  forget(connection: Connection): void;
  /** Whether there are gates beside this one. */
  readonly hasOtherGates: boolean;
  /**
   * Sends a push to the connections of its users; `origin` is the id of the connection that caused it. Where there are
   * other gates, fulfilled when they get it whatever becomes of this one.
   */
  fanOut(push: Push, origin: number | undefined): Promise<void> | undefined;
  /** The connection has packets to write at the end of this turn of the event loop. */
  flushSoon(connection: Connection): void;
}
