/** A call between two users, from the invitation to the bye. */
export interface Call {
  /** Unique per call (VOIP-03). */
  channel_name: string;
  creator_id: bigint;
  called_id: bigint;
  /** `CIMVoipInviteType`. */
  invite_type: number;
  state: "ringing" | "answered" | "established";
  /** When a party last showed life, Unix milliseconds (VOIP-13). */
  alive_at: number;
}

/**
 * The calls in progress, over all gates. Each operation is atomic, so that of two byes at the same moment exactly one
 * ends the call. Nothing of it survives a restart (SYS-01).
 */
export interface CallTable {
  /** False when one of the two has a call already, and which (VOIP-06). */
  begin(call: Call): Promise<{ begun: true } | { begun: false; busy: "caller" | "called" }>;
  /** The call that the user made or was invited to. */
  ofUser(userId: bigint): Promise<Call | undefined>;
  /** Changes a call that is in one of the states; the changed call, or undefined. */
  change(
    channelName: string,
    from: readonly Call["state"][],
    change: Partial<Pick<Call, "state" | "alive_at">>,
  ): Promise<Call | undefined>;
  /**
   * Removes the call if it is in one of the states, by default any; undefined when it is not, or has ended already
   * (VOIP-11).
   */
  end(channelName: string, from?: readonly Call["state"][]): Promise<Call | undefined>;
}
