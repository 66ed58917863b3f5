import { type ConformanceCase, isSampled } from "../../harness/runner/index.ts";
import { ackCases } from "./ack.ts";
import { atOnceCases } from "./at-once.ts";
import { callSideCases } from "./call-sides.ts";
import { connCases } from "./conn.ts";
import { contentCases } from "./content.ts";
import { eitherHistoryCases } from "./either-history.ts";
import { eitherKindCases } from "./either-kind.ts";
import { floodCases } from "./floods.ts";
import { framingCases } from "./framing.ts";
import { friendCases } from "./friend.ts";
import { groupCases } from "./group.ts";
import { groupEndCases } from "./group-ends.ts";
import { groupMemberCases } from "./group-members.ts";
import { heartbeatCases } from "./heartbeat.ts";
import { historyCases } from "./history.ts";
import { hostileCases } from "./hostile.ts";
import { httpCases } from "./http.ts";
import { idSpaceCases } from "./id-spaces.ts";
import { identityCases } from "./identity.ts";
import { limitCases } from "./limits.ts";
import { loginCases } from "./login.ts";
import { logoutCases } from "./logout.ts";
import { membershipCases } from "./memberships.ts";
import { messageIdCases } from "./message-id.ts";
import { modelCases } from "./model/index.ts";
import { msgCases } from "./msg.ts";
import { msgContentCases } from "./msg-content.ts";
import { msgRefusalCases } from "./msg-refusals.ts";
import { pushCases } from "./push.ts";
import { readCases } from "./read.ts";
import { returnCases } from "./returns.ts";
import { robotCases } from "./robot.ts";
import { sessionCases } from "./session.ts";
import { statedLimitCases } from "./stated-limits.ts";
import { strangerCases } from "./strangers.ts";
import { sysCases } from "./sys.ts";
import { textCases } from "./texts.ts";
import { unreadCases } from "./unread.ts";
import { voipCases } from "./voip.ts";
import { widthCases } from "./widths.ts";

/** Every case about a single rule with every variant, in the order of the contract's sections. */
const everyCase: readonly ConformanceCase[] = [
  ...connCases,
  ...framingCases,
  ...hostileCases,
  ...floodCases,
  ...loginCases,
  ...identityCases,
  ...heartbeatCases,
  ...logoutCases,
  ...msgCases,
  ...msgRefusalCases,
  ...msgContentCases,
  ...pushCases,
  ...ackCases,
  ...readCases,
  ...unreadCases,
  ...sessionCases,
  ...idSpaceCases,
  ...historyCases,
  ...messageIdCases,
  ...groupCases,
  ...groupEndCases,
  ...groupMemberCases,
  ...friendCases,
  ...voipCases,
  ...robotCases,
  ...contentCases,
  ...httpCases,
  ...sysCases,
  ...limitCases,
  ...statedLimitCases,
  ...strangerCases,
  ...returnCases,
  ...textCases,
  ...membershipCases,
  ...callSideCases,
  ...eitherKindCases,
  ...eitherHistoryCases,
  ...widthCases,
  ...atOnceCases,
];

/** The cases about a single rule that run without being named: of each grid the variants of its covering array. */
export const conformanceCases: readonly ConformanceCase[] = everyCase.filter(isSampled);

/** The whole suite: the rules one by one, and random histories that exercise many of them at once. */
export const suiteCases: readonly ConformanceCase[] = [...conformanceCases, ...modelCases];

/** The suite with every variant of every case, for who names one or wants them all. */
export const everyVariant: readonly ConformanceCase[] = [...everyCase, ...modelCases];
