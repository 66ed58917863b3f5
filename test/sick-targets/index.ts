export { closesSomebody, endsBehindAnswers, endsEachOf, limitsLogins, losesWorkers } from "./closings.ts";
export { crashesAndComesBack, crashesForGood, killedOnce, restartsTwice } from "./crashes.ts";
export { writesEscapes } from "./escapes.ts";
export {
  echoesHeartbeats,
  floods,
  floodsAndIsDeaf,
  floodsLateWithPushes,
  floodsLateWithStrangers,
  floodsWithStrangers,
} from "./floods.ts";
export { guardsNoMap } from "./guards-no-map.ts";
export { refusesGroups, withoutGroups } from "./half-built.ts";
export { halfSick, registersOnly } from "./half-sick.ts";
export { healthy, healthyWithShortTimers } from "./healthy.ts";
export { holdsAnswers } from "./held-answers.ts";
export { answersLate } from "./late-answers.ts";
export { locksGroups } from "./locks-groups.ts";
export { answersLogins, clockAhead, limitsConnections, refusesLogins, takesConnections, warmsUp } from "./logins.ts";
export { crashesOnce, deliversUpTo, forgetsAtRestart, locksForGood } from "./mid-traffic.ts";
export { oddFrames, shortLengths } from "./odd-frames.ts";
export { besideWebSocket, namedAsWebSocket, overWebSocket } from "./over-websocket.ts";
export { cutsPagesTo, servesPagesUpTo } from "./pages.ts";
export {
  dropsEmoji,
  dropsFiles,
  dropsPushesOfACrowd,
  dropsTheEndOfReads,
  losesSplitPackets,
  pushesNothing,
  refusesLargeIds,
  refusesQuotes,
  showsGroupsToTwins,
  storesWhatItRefuses,
  trustsIds,
} from "./picky.ts";
export { poisonedAfter, poisonedByCrowd } from "./poisoned.ts";
export { listsSessionsOfOthers, showsHistoriesOfOthers } from "./session-lists.ts";
export type { RunningSickTarget, SickTarget } from "./sick-target.ts";
export { closesOneASecond } from "./slow-closes.ts";
export { registersSlowly } from "./slow-registration.ts";
export {
  answersInHtml,
  closesAtOnce,
  greetsInText,
  halfLittleEndian,
  littleEndian,
  logsNobodyIn,
  saysNothing,
  speaksHttp,
  speaksTls,
} from "./strangers.ts";
export { mixedUp } from "./two-servers.ts";
export { asCoffeeChat } from "./upstream.ts";
