import type { Mutant } from "../mutant.ts";
import { alwaysReadsAll } from "./always-reads-all.ts";
import { groupReadingNotifiesAUser } from "./group-reading-notifies-a-user.ts";
import { notifyWithoutMessageId } from "./notify-without-message-id.ts";
import { peerNotTold } from "./peer-not-told.ts";
import { readUpToExclusive } from "./read-up-to-exclusive.ts";
import { readerIsAnswered } from "./reader-is-answered.ts";
import { readingClearsBothSides } from "./reading-clears-both-sides.ts";
import { zeroReadsNothing } from "./zero-reads-nothing.ts";

/** Mutants of section READ: read receipts. */
export const readMutants: readonly Mutant[] = [
  alwaysReadsAll,
  groupReadingNotifiesAUser,
  notifyWithoutMessageId,
  peerNotTold,
  readUpToExclusive,
  readerIsAnswered,
  readingClearsBothSides,
  zeroReadsNothing,
];
