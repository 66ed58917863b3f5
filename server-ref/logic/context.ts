import type { PasswordHasher } from "../accounts/password-hash.ts";
import type { RobotResponder } from "../robots/responder.ts";
import type { Store } from "../store/store.ts";
import type { CallTable } from "./calls.ts";
import type { BackgroundEffect } from "./effect.ts";

/** How long calls may stand still, in milliseconds (VOIP-13). */
export interface CallLimits {
  /** From the invitation to the answer. */
  readonly answerMs: number;
  /** Without a call heartbeat of either side once it is answered. */
  readonly heartbeatMs: number;
}

/** What handlers may use besides their request. They know no socket. */
export interface LogicContext {
  readonly store: Store;
  readonly passwords: PasswordHasher;
  readonly calls: CallTable;
  readonly callLimits: CallLimits;
  readonly robots: RobotResponder;
  /** Unix milliseconds. */
  now(): number;
  /** Unix seconds, as all times on the wire. */
  nowSeconds(): number;
  /** Whether there are gates beside this one, which may have died with a push that was due. */
  readonly hasOtherGates: boolean;
  /** Whether the user has a connection on any gate. */
  isOnline(userId: bigint): Promise<boolean>;
  /**
   * Work that outlives its request (robot answers): its pushes go out when it is done; a drain waits for it. A
   * failure is logged.
   */
  background(work: () => Promise<BackgroundEffect[]>): void;
  /** Runs work after a time, in milliseconds, as {@link background} does, unless the server stops before. */
  after(delayMs: number, work: () => Promise<BackgroundEffect[]>): void;
}
