import type { Mutant } from "../mutant.ts";
import { actorIdTrusted } from "./actor-id-trusted.ts";
import { emptyTokenAccepted } from "./empty-token-accepted.ts";
import { failedLoginCloses } from "./failed-login-closes.ts";
import { idleQueueForClosing } from "./idle-queue-for-closing.ts";
import { loginTakesFourSeconds } from "./login-takes-four-seconds.ts";
import { loginTimeoutNever } from "./login-timeout-never.ts";
import { loginTimeoutTooEarly } from "./login-timeout-too-early.ts";
import { loginTimeoutTooLate } from "./login-timeout-too-late.ts";
import { newLoginKicksOld } from "./new-login-kicks-old.ts";
import { noTimeWhenRefused } from "./no-time-when-refused.ts";
import { passwordCaseIgnored } from "./password-case-ignored.ts";
import { readerIdTrusted } from "./reader-id-trusted.ts";
import { secondLoginSwitchesUser } from "./second-login-switches-user.ts";
import { senderIdTrusted } from "./sender-id-trusted.ts";
import { serverTimeInMilliseconds } from "./server-time-in-milliseconds.ts";
import { successCodeZero } from "./success-code-zero.ts";
import { tokenLoginMissing } from "./token-login-missing.ts";
import { unknownNameToldApart } from "./unknown-name-told-apart.ts";
import { userIdMissing } from "./user-id-missing.ts";
import { wrongPasswordToldInWords } from "./wrong-password-told-in-words.ts";
import { wrongTokenAccepted } from "./wrong-token-accepted.ts";
import { wrongTokenIsAnInternalError } from "./wrong-token-is-an-internal-error.ts";

/** Mutants of section LOGIN: login. */
export const loginMutants: readonly Mutant[] = [
  actorIdTrusted,
  emptyTokenAccepted,
  failedLoginCloses,
  idleQueueForClosing,
  loginTakesFourSeconds,
  loginTimeoutNever,
  loginTimeoutTooEarly,
  loginTimeoutTooLate,
  newLoginKicksOld,
  noTimeWhenRefused,
  passwordCaseIgnored,
  readerIdTrusted,
  secondLoginSwitchesUser,
  senderIdTrusted,
  serverTimeInMilliseconds,
  successCodeZero,
  tokenLoginMissing,
  unknownNameToldApart,
  userIdMissing,
  wrongPasswordToldInWords,
  wrongTokenAccepted,
  wrongTokenIsAnInternalError,
];
