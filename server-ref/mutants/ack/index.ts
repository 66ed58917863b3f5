import type { Mutant } from "../mutant.ts";
import { confirmationAnswered } from "./confirmation-answered.ts";
import { confirmationToGroupOnly } from "./confirmation-to-group-only.ts";
import { unconfirmedPushCloses } from "./unconfirmed-push-closes.ts";
import { unconfirmedPushSentAgain } from "./unconfirmed-push-sent-again.ts";
import { unknownConfirmationCloses } from "./unknown-confirmation-closes.ts";

/** Mutants of section ACK: confirmation of deliveries. */
export const ackMutants: readonly Mutant[] = [
  confirmationAnswered,
  confirmationToGroupOnly,
  unconfirmedPushCloses,
  unconfirmedPushSentAgain,
  unknownConfirmationCloses,
];
