/** Options that several commands take, under their names on the command line in camel case. */
export interface CommonOptions {
  /** `tcp://HOST:PORT`, `tls://`, `ws://`, `wss://`, `ref` (starts the reference server) or `container`. */
  target?: string;
  /** The target's HTTP API, e.g. `http://127.0.0.1:18080`. */
  http?: string;
  /** How accounts come to be: `register`, `template` or `file:users.csv`. */
  users?: string;
  /** Names of existing accounts for `users: "template"`, e.g. `load{n}`. The password comes from CUPPING_PASSWORD. */
  userTemplate?: string;
  /** `@FILE` with the password of template accounts. */
  userPassword?: string;
  /** Needed for a target that is not on a private network. */
  iOwnThisTarget?: boolean;
  /** A name for the runs, such as the version of the server under test. */
  label?: string;
  /** The same seed gives the same users, payloads and schedule. Default: drawn, and recorded. */
  seed?: number;
}

/** A limit on a metric, as in k6: `p(99)<200`, or with what to do about it. */
export type ThresholdOption =
  | string
  | {
      threshold: string;
      /** End the run as soon as it is crossed. */
      abortOnFail?: boolean;
      /** Do not judge before so much of the measured time is over, e.g. `10s`. */
      delayAbortEval?: string;
    };
