/** A push that another gate may have connections for. */
export interface BusPush {
  readonly users: readonly bigint[];
  readonly command_id: number;
  readonly body: Uint8Array;
  /** What was published under the same id a short time ago is not published again, whichever gate did it. */
  readonly once?: string | undefined;
  /** Nobody here has got it: it is for this gate as well, unless it was published before. */
  readonly repeated?: boolean | undefined;
  /** The connection of the publishing gate that caused it; only that gate is told. */
  readonly origin?: number | undefined;
}

/** Ties the gates of one service together: fan-out and presence. */
export interface Bus {
  /**
   * Hands a push to the other gates on which its users are, and not back to this one: each once, in the order of the
   * calls. Fulfilled when they get it even if this gate dies now, or when it was dropped because too many wait; never
   * rejected.
   */
  publish(push: BusPush): Promise<void>;
  /** Called for each push that another gate published. */
  onPush(listener: (push: BusPush) => void): void;
  /**
   * A user comes to this gate. Fulfilled when no push that another gate publishes from now on misses the user here;
   * never rejected.
   */
  announce(userId: bigint): Promise<void>;
  /** The user's last connection on this gate went. */
  withdraw(userId: bigint): Promise<void>;
  /** Whether the user has a connection on any gate. */
  isOnline(userId: bigint): Promise<boolean>;
  close(): Promise<void>;
}
