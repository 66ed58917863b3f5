import type { Mutant } from "../mutant.ts";
import { groupMessagesOpenToAll } from "./group-messages-open-to-all.ts";
import { idsNotLimited } from "./ids-not-limited.ts";
import { latestOfOwnMessages } from "./latest-of-own-messages.ts";
import { orderOfTheRequest } from "./order-of-the-request.ts";

/** Mutants of section MSGID: latest id and messages by id. */
export const messageIdMutants: readonly Mutant[] = [
  groupMessagesOpenToAll,
  idsNotLimited,
  latestOfOwnMessages,
  orderOfTheRequest,
];
