import type { Mutant } from "../mutant.ts";
import { atMostTenSessions } from "./at-most-ten-sessions.ts";
import { emptyListUnanswered } from "./empty-list-unanswered.ts";
import { everySessionIsARobot } from "./every-session-is-a-robot.ts";
import { formerMemberSeesNewest } from "./former-member-sees-newest.ts";
import { groupMovesForSenderOnly } from "./group-moves-for-sender-only.ts";
import { invitedWithoutSession } from "./invited-without-session.ts";
import { newestReceivedOnly } from "./newest-received-only.ts";
import { oldestFirst } from "./oldest-first.ts";
import { sameNumberMerged } from "./same-number-merged.ts";
import { serverIdAsClientId } from "./server-id-as-client-id.ts";
import { sessionTimeInMilliseconds } from "./session-time-in-milliseconds.ts";
import { totalNotSummed } from "./total-not-summed.ts";

/** Mutants of section SESS: session list. */
export const sessionMutants: readonly Mutant[] = [
  atMostTenSessions,
  emptyListUnanswered,
  everySessionIsARobot,
  formerMemberSeesNewest,
  groupMovesForSenderOnly,
  invitedWithoutSession,
  newestReceivedOnly,
  oldestFirst,
  sameNumberMerged,
  serverIdAsClientId,
  sessionTimeInMilliseconds,
  totalNotSummed,
];
