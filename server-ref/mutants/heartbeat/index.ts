import type { Mutant } from "../mutant.ts";
import { heartbeatTimeoutNever } from "./heartbeat-timeout-never.ts";
import { heartbeatTimeoutTooEarly } from "./heartbeat-timeout-too-early.ts";
import { heartbeatTimeoutTooLate } from "./heartbeat-timeout-too-late.ts";
import { heartbeatUnanswered } from "./heartbeat-unanswered.ts";
import { heartbeatsDoNotCount } from "./heartbeats-do-not-count.ts";
import { loginLockedAfterDisconnect } from "./login-locked-after-disconnect.ts";

/** Mutants of section HB: heartbeat. */
export const heartbeatMutants: readonly Mutant[] = [
  heartbeatTimeoutNever,
  heartbeatTimeoutTooEarly,
  heartbeatTimeoutTooLate,
  heartbeatUnanswered,
  heartbeatsDoNotCount,
  loginLockedAfterDisconnect,
];
