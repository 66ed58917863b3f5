/** A push that another gate may have connections for. */
export interface BusPush {
  readonly users: readonly bigint[];
  readonly command_id: number;
  readonly body: Uint8Array;
}

/** Ties the gates of one service together: fan-out and presence. */
export interface Bus {
  /**
   * Hands a push to all other gates, never back to this one: each once, in the order of the calls. Fulfilled when they get
   * it even if this gate dies now, or when it was dropped because too many wait; never rejected.
   */
  publish(push: BusPush): Promise<void>;
  /** Called for each push that another gate published. */
  onPush(listener: (push: BusPush) => void): void;
  /** The user's first connection on this gate came, or the last one went. */
  setOnline(userId: bigint, online: boolean): Promise<void>;
  /** Whether the user has a connection on any gate. */
  isOnline(userId: bigint): Promise<boolean>;
  close(): Promise<void>;
}
