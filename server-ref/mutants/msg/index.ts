import type { Mutant } from "../mutant.ts";
import { ackBeforeCommit } from "./ack-before-commit.ts";
import { ackOnlyWhenDelivered } from "./ack-only-when-delivered.ts";
import { ackSidesSwapped } from "./ack-sides-swapped.ts";
import { ackTimeLeftOut } from "./ack-time-left-out.ts";
import { ackUnderWrongCommand } from "./ack-under-wrong-command.ts";
import { ackWithoutSessionType } from "./ack-without-session-type.ts";
import { backslashesEaten } from "./backslashes-eaten.ts";
import { clientIdOf36AtMost } from "./client-id-of-36-at-most.ts";
import { clientIdUniqueAmongAll } from "./client-id-unique-among-all.ts";
import { clientTimeKept } from "./client-time-kept.ts";
import { contentLimitInBytes } from "./content-limit-in-bytes.ts";
import { contentTrimmed } from "./content-trimmed.ts";
import { duplicateGetsNewId } from "./duplicate-gets-new-id.ts";
import { duplicatePushedAgain } from "./duplicate-pushed-again.ts";
import { duplicateRefused } from "./duplicate-refused.ts";
import { duplicateStoredTwice } from "./duplicate-stored-twice.ts";
import { duplicatesForgottenAtRestart } from "./duplicates-forgotten-at-restart.ts";
import { emojiBecomeQuestionMarks } from "./emoji-become-question-marks.ts";
import { firstMessagesCollide } from "./first-messages-collide.ts";
import { groupWithOwnNumberRefused } from "./group-with-own-number-refused.ts";
import { idsCutTo32Bits } from "./ids-cut-to-32-bits.ts";
import { idsWithGaps } from "./ids-with-gaps.ts";
import { invalidUtf8Replaced } from "./invalid-utf8-replaced.ts";
import { longContentCut } from "./long-content-cut.ts";
import { messageWithoutServerIdRefused } from "./message-without-server-id-refused.ts";
import { noteToSelfAcknowledged } from "./note-to-self-acknowledged.ts";
import { notificationFromClientAccepted } from "./notification-from-client-accepted.ts";
import { nulEndsContent } from "./nul-ends-content.ts";
import { quotesDoubled } from "./quotes-doubled.ts";
import { refusalSaysOk } from "./refusal-says-ok.ts";
import { refusedMessageListed } from "./refused-message-listed.ts";
import { sameIdUnderConcurrency } from "./same-id-under-concurrency.ts";
import { sessionForSenderOnly } from "./session-for-sender-only.ts";
import { sessionKeepsItsFirstTime } from "./session-keeps-its-first-time.ts";
import { timeInMilliseconds } from "./time-in-milliseconds.ts";
import { typeZeroAccepted } from "./type-zero-accepted.ts";
import { unknownReceiverRefused } from "./unknown-receiver-refused.ts";
import { unknownSessionTypeIsSingle } from "./unknown-session-type-is-single.ts";

/** Mutants of section MSG: sending messages. */
export const msgMutants: readonly Mutant[] = [
  ackBeforeCommit,
  ackOnlyWhenDelivered,
  ackSidesSwapped,
  ackTimeLeftOut,
  ackUnderWrongCommand,
  ackWithoutSessionType,
  backslashesEaten,
  clientIdOf36AtMost,
  clientIdUniqueAmongAll,
  clientTimeKept,
  contentLimitInBytes,
  contentTrimmed,
  duplicateGetsNewId,
  duplicatePushedAgain,
  duplicateRefused,
  duplicateStoredTwice,
  duplicatesForgottenAtRestart,
  emojiBecomeQuestionMarks,
  firstMessagesCollide,
  groupWithOwnNumberRefused,
  idsCutTo32Bits,
  idsWithGaps,
  invalidUtf8Replaced,
  longContentCut,
  messageWithoutServerIdRefused,
  noteToSelfAcknowledged,
  notificationFromClientAccepted,
  nulEndsContent,
  quotesDoubled,
  refusalSaysOk,
  refusedMessageListed,
  sameIdUnderConcurrency,
  sessionForSenderOnly,
  sessionKeepsItsFirstTime,
  timeInMilliseconds,
  typeZeroAccepted,
  unknownReceiverRefused,
  unknownSessionTypeIsSingle,
];
