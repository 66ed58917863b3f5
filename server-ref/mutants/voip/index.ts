import type { Mutant } from "../mutant.ts";
import { answerNotForwarded } from "./answer-not-forwarded.ts";
import { byeOnlyAnswered } from "./bye-only-answered.ts";
import { callFoundWithoutChannel } from "./call-found-without-channel.ts";
import { callRecordNotPushed } from "./call-record-not-pushed.ts";
import { callThatNeverRangStays } from "./call-that-never-rang-stays.ts";
import { channelOfAnswerDiffers } from "./channel-of-answer-differs.ts";
import { confirmationForwarded } from "./confirmation-forwarded.ts";
import { invitationToOneDevice } from "./invitation-to-one-device.ts";
import { reasonAlwaysEnd } from "./reason-always-end.ts";
import { ringingNotForwarded } from "./ringing-not-forwarded.ts";
import { secondCallOfCallerAnswered } from "./second-call-of-caller-answered.ts";
import { severalCalledAtOnce } from "./several-called-at-once.ts";
import { strangersMayHangUp } from "./strangers-may-hang-up.ts";
import { tryingFromTheCaller } from "./trying-from-the-caller.ts";

/** Mutants of section VOIP: call signalling. */
export const voipMutants: readonly Mutant[] = [
  answerNotForwarded,
  byeOnlyAnswered,
  callFoundWithoutChannel,
  callRecordNotPushed,
  callThatNeverRangStays,
  channelOfAnswerDiffers,
  confirmationForwarded,
  invitationToOneDevice,
  reasonAlwaysEnd,
  ringingNotForwarded,
  secondCallOfCallerAnswered,
  severalCalledAtOnce,
  strangersMayHangUp,
  tryingFromTheCaller,
];
