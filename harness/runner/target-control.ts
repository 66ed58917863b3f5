/** What the suite can do to a target that it started itself. */
export interface TargetControl {
  /** Stops the target in order and starts it again on the same store and the same addresses. */
  restart?(): Promise<void>;
  /** Kills the target without warning and starts it again on the same store and the same addresses. */
  crash?(): Promise<void>;
  /** Process id of the target, when it runs on this machine. */
  readonly pid?: number;
}
