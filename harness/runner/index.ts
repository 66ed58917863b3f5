export type { Account, AccountSource } from "../accounts/index.ts";
export { type CaseRule, type ConformanceCase, type Level, type Need, templateOf, type Variant } from "./case.ts";
export {
  type CaseAccounts,
  CaseContext,
  type CaseSurroundings,
  type LoggedIn,
  type PossibleOutcome,
  show,
  type TestUser,
} from "./case-context.ts";
export { type CaseList, EMPTY_LIST, formatCaseList, isListed, readCaseList } from "./case-list.ts";
export {
  type CapabilityOrigin,
  type Claims,
  claimsOf,
  type Known,
  notClaimed,
  type Profile,
  readStatement,
  type Statement,
} from "./claims.ts";
export { CouldNotRun, isCaseEnd, type LegalOutcome, NotApplicable, OwnFrameWrong, RuleFailure } from "./failure.ts";
export { matches } from "./glob.ts";
export type { SuiteGuard } from "./guard.ts";
export type { Received } from "./inbox.ts";
export { type Limits, NO_LIMITS } from "./limits.ts";
export { type Aftermath, type Closing, Peer, type SendOptions, type Sent } from "./peer.ts";
export { type Played, type PlaySurroundings, playRecording } from "./play-recording.ts";
export type { RecordedStep, Recording } from "./recording.ts";
export { isOfThisMachine } from "./run-case.ts";
export { runSuite } from "./run-suite.ts";
export { type Extent, isSampled, parsePatterns, selectCases } from "./select.ts";
export type { SuiteOptions, SuiteProgress, SuiteResult } from "./suite.ts";
export { DEFAULT_TIMERS, parseTimers, type TargetTimers, TIMER_GRACE_MS } from "./timers.ts";
export { conformanceResult, type ResultHead } from "./write-result.ts";
