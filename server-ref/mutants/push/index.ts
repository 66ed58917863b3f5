import type { Mutant } from "../mutant.ts";
import { groupPushSkipsTheOwner } from "./group-push-skips-the-owner.ts";
import { missedMessagesPushedAtLogin } from "./missed-messages-pushed-at-login.ts";
import { otherDevicesForgotten } from "./other-devices-forgotten.ts";
import { pushWithClientTime } from "./push-with-client-time.ts";
import { pushWithoutServerId } from "./push-without-server-id.ts";
import { pushedInRounds } from "./pushed-in-rounds.ts";
import { pushedToNewestDeviceOnly } from "./pushed-to-newest-device-only.ts";
import { pushesInReverse } from "./pushes-in-reverse.ts";
import { senderGetsOwnMessage } from "./sender-gets-own-message.ts";

/** Mutants of section PUSH: delivery. */
export const pushMutants: readonly Mutant[] = [
  groupPushSkipsTheOwner,
  missedMessagesPushedAtLogin,
  otherDevicesForgotten,
  pushWithClientTime,
  pushWithoutServerId,
  pushedInRounds,
  pushedToNewestDeviceOnly,
  pushesInReverse,
  senderGetsOwnMessage,
];
