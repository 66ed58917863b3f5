/** A server with one sickness, listening on free ports of this machine. */
export interface RunningSickTarget {
  /** What `--target` takes. */
  readonly target: string;
  /** What `--http` takes; undefined where there is no API. */
  readonly http?: string;
  /** What `--websocket` takes, of one that is judged over WebSocket beside TCP. */
  readonly webSocket?: string;
  /** Connections that have been opened so far, where it counts them. */
  readonly connections?: number;
  stop(): Promise<void>;
}

/** A server as it should not be: what every command says about it is what a good engineer would. */
export interface SickTarget {
  readonly name: string;
  /** What it does, in one line. */
  readonly title: string;
  start(): Promise<RunningSickTarget>;
}
