/** One thing seen on a connection. */
export interface TraceEvent {
  /** Monotonic time in milliseconds, as `performance.now()` gives it. */
  readonly at: number;
  /** Label of the connection. */
  readonly connection: string;
  /**
   * - `in`, `out`: `bytes` is one whole frame
   * - `raw-out`: `bytes` was sent as it is and may be any piece of a stream
   * - `note`: something else happened: opened, closed (with how), a WebSocket text message; see `note`
   */
  readonly direction: "in" | "out" | "raw-out" | "note";
  readonly bytes: Uint8Array;
  readonly note?: string;
}

/** Is told of every frame of a connection. It must not throw and should be quick: it runs inside the read loop. */
export type TraceHook = (event: TraceEvent) => void;

/** The bytes of a note. */
export const NO_BYTES: Uint8Array = new Uint8Array(0);
