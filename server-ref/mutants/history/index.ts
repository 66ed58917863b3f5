import type { Mutant } from "../mutant.ts";
import { beginsWithOwnMessage } from "./begins-with-own-message.ts";
import { endInclusive } from "./end-inclusive.ts";
import { endNotEchoed } from "./end-not-echoed.ts";
import { groupHistoryOpenToAll } from "./group-history-open-to-all.ts";
import { hundredRefused } from "./hundred-refused.ts";
import { limitNotCapped } from "./limit-not-capped.ts";
import { newestFirst } from "./newest-first.ts";
import { oldestPage } from "./oldest-page.ts";
import { oneShortOfTheLimit } from "./one-short-of-the-limit.ts";
import { oneSkippedBetweenPages } from "./one-skipped-between-pages.ts";
import { receiverInRows } from "./receiver-in-rows.ts";
import { resultCodeMissing } from "./result-code-missing.ts";
import { timeOfTheRequest } from "./time-of-the-request.ts";
import { zeroMeansDefault } from "./zero-means-default.ts";

/** Mutants of section HIST: history. */
export const historyMutants: readonly Mutant[] = [
  endInclusive,
  endNotEchoed,
  groupHistoryOpenToAll,
  hundredRefused,
  limitNotCapped,
  newestFirst,
  oldestPage,
  oneShortOfTheLimit,
  oneSkippedBetweenPages,
  beginsWithOwnMessage,
  receiverInRows,
  resultCodeMissing,
  timeOfTheRequest,
  zeroMeansDefault,
];
