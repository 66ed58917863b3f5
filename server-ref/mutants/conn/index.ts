import type { Mutant } from "../mutant.ts";
import { answersNumberedByCounter } from "./answers-numbered-by-counter.ts";
import { badLengthEndsEverybody } from "./bad-length-ends-everybody.ts";
import { bannerOnConnect } from "./banner-on-connect.ts";
import { brokenPipeFailsTheSender } from "./broken-pipe-fails-the-sender.ts";
import { bufferOfAnnouncedSize } from "./buffer-of-announced-size.ts";
import { counterSharedByAll } from "./counter-shared-by-all.ts";
import { counterWrapsLate } from "./counter-wraps-late.ts";
import { earlyCommandIgnored } from "./early-command-ignored.ts";
import { earlyHeartbeatAnswered } from "./early-heartbeat-answered.ts";
import { emptyBodySkipped } from "./empty-body-skipped.ts";
import { fourPacketsPerRead } from "./four-packets-per-read.ts";
import { limitOffByOne } from "./limit-off-by-one.ts";
import { longMessagesInterleave } from "./long-messages-interleave.ts";
import { missingChannelEndsEverybody } from "./missing-channel-ends-everybody.ts";
import { nextRequestDoesNotWait } from "./next-request-does-not-wait.ts";
import { numberCutToAByte } from "./number-cut-to-a-byte.ts";
import { oneCloseSilencesTheUser } from "./one-close-silences-the-user.ts";
import { otherVersionDropped } from "./other-version-dropped.ts";
import { packetsBehindEarlyHandled } from "./packets-behind-early-handled.ts";
import { partialPacketLost } from "./partial-packet-lost.ts";
import { pushesWithoutNumber } from "./pushes-without-number.ts";
import { reservedFieldsChecked } from "./reserved-fields-checked.ts";
import { serviceIdFilled } from "./service-id-filled.ts";
import { shortLengthHandled } from "./short-length-handled.ts";
import { slowAnswersOvertaken } from "./slow-answers-overtaken.ts";
import { slowReaderHoldsEverybody } from "./slow-reader-holds-everybody.ts";
import { splitHeaderLost } from "./split-header-lost.ts";
import { undecodableBodyCloses } from "./undecodable-body-closes.ts";
import { unknownCommandCloses } from "./unknown-command-closes.ts";
import { versionLeftZero } from "./version-left-zero.ts";
import { zeroNumberEchoed } from "./zero-number-echoed.ts";
import { zeroNumberIgnored } from "./zero-number-ignored.ts";

/** Mutants of section CONN: connection and framing. */
export const connMutants: readonly Mutant[] = [
  answersNumberedByCounter,
  badLengthEndsEverybody,
  bannerOnConnect,
  brokenPipeFailsTheSender,
  bufferOfAnnouncedSize,
  counterSharedByAll,
  counterWrapsLate,
  earlyCommandIgnored,
  earlyHeartbeatAnswered,
  emptyBodySkipped,
  fourPacketsPerRead,
  limitOffByOne,
  longMessagesInterleave,
  missingChannelEndsEverybody,
  nextRequestDoesNotWait,
  numberCutToAByte,
  oneCloseSilencesTheUser,
  otherVersionDropped,
  packetsBehindEarlyHandled,
  partialPacketLost,
  pushesWithoutNumber,
  reservedFieldsChecked,
  serviceIdFilled,
  shortLengthHandled,
  slowAnswersOvertaken,
  slowReaderHoldsEverybody,
  splitHeaderLost,
  undecodableBodyCloses,
  unknownCommandCloses,
  versionLeftZero,
  zeroNumberEchoed,
  zeroNumberIgnored,
];
