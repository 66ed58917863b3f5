/** What the server counts while it runs, for `/metrics`. Counters only grow; plain numbers, so that counting is free. */
export interface Meter {
  /** Connections accepted, and refused because of the connection limit. */
  connectionsAccepted: number;
  connectionsRefused: number;
  /** Connections that are open now. */
  connectionsOpen: number;
  loginsSucceeded: number;
  loginsFailed: number;
  /** Packets received and sent. */
  packetsIn: number;
  packetsOut: number;
  /** Pushes dropped together with a slow reader's connection (CONN-18). */
  slowReadersDropped: number;
  /** Bytes that came and are not handled yet, and connections closed because all together held too many. */
  incomingBytes: number;
  incomingDropped: number;
  /** Connections closed because no login or no heartbeat came in time. */
  loginTimeouts: number;
  heartbeatTimeouts: number;
  /** Pushes that were not confirmed within the acknowledgement timeout (ACK-03). */
  pushesUnconfirmed: number;
  /** Requests that are being handled now. */
  requestsInFlight: number;
  /** Requests that ended with an error behind their handler. */
  requestsFailed: number;
  /** Called with the time from a message's packet to its acknowledgement, in milliseconds. */
  acknowledged(durationMs: number): void;
  /** Called with the duration of a transaction in milliseconds and the number of operations in it. */
  committed(durationMs: number, operations: number): void;
}

/** A meter at zero that drops durations; replace the two functions to keep them. */
export function createMeter(): Meter {
  return {
    connectionsAccepted: 0,
    connectionsRefused: 0,
    connectionsOpen: 0,
    loginsSucceeded: 0,
    loginsFailed: 0,
    packetsIn: 0,
    packetsOut: 0,
    slowReadersDropped: 0,
    incomingBytes: 0,
    incomingDropped: 0,
    loginTimeouts: 0,
    heartbeatTimeouts: 0,
    pushesUnconfirmed: 0,
    requestsInFlight: 0,
    requestsFailed: 0,
    acknowledged() {},
    committed() {},
  };
}
