import type { Mutant } from "../mutant.ts";
import { confirmationReads } from "./confirmation-reads.ts";
import { lostOnDisconnect } from "./lost-on-disconnect.ts";
import { newMemberInheritsUnread } from "./new-member-inherits-unread.ts";
import { ownGroupMessageCounts } from "./own-group-message-counts.ts";
import { pushedCountsAsRead } from "./pushed-counts-as-read.ts";
import { robotsDoNotCount } from "./robots-do-not-count.ts";
import { senderCountsToo } from "./sender-counts-too.ts";

/** Mutants of section UNREAD: unread counts. */
export const unreadMutants: readonly Mutant[] = [
  confirmationReads,
  lostOnDisconnect,
  newMemberInheritsUnread,
  ownGroupMessageCounts,
  pushedCountsAsRead,
  robotsDoNotCount,
  senderCountsToo,
];
