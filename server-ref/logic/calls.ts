/** A call between two users, from the invitation to the bye. */
export interface Call {
  /** Unique per call (VOIP-03). */
  channel_name: string;
  creator_id: bigint;
  called_id: bigint;
  /** `CIMVoipInviteType`. */
  invite_type: number;
  state: "ringing" | "answered" | "established";
}

/**
 * The calls in progress, over all gates. Each operation is atomic, so that of two byes at the same moment exactly one
 * ends the call. Each call has a time left, in milliseconds: when it is up, {@link takeOverdue} ends the call, on
 * whichever gate. Nothing of it survives a restart (SYS-01).
 */
export interface CallTable {
  /**
   * False when one of the two has a call already, and which (VOIP-06). When two call each other at the same moment, the
   * one who comes first gets through (VOIP-18).
   */
  begin(call: Call, timeLeftMs: number): Promise<{ begun: true } | { begun: false; busy: "caller" | "called" }>;
  /** The call that the user made or was invited to. */
  ofUser(userId: bigint): Promise<Call | undefined>;
  /** Moves a call that is in one of the states to another, with a new time left; the changed call, or undefined. */
  change(
    channelName: string,
    from: readonly Call["state"][],
    to: Call["state"],
    timeLeftMs: number,
  ): Promise<Call | undefined>;
  /** Removes the call; undefined when it is not there, or has ended already (VOIP-11). */
  end(channelName: string): Promise<Call | undefined>;
  /** Removes the calls whose time is up; each is returned once, over all gates (VOIP-13). */
  takeOverdue(): Promise<Call[]>;
}
