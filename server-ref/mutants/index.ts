import { ackMutants } from "./ack.ts";
import { atOnceMutants } from "./at-once.ts";
import { connMutants } from "./conn.ts";
import { contentMutants } from "./content.ts";
import type { Mutant } from "./define.ts";
import { floodMutants } from "./floods.ts";
import { framingMutants } from "./framing.ts";
import { friendMutants } from "./friend.ts";
import { groupMutants } from "./group.ts";
import { groupEndMutants } from "./group-ends.ts";
import { groupMemberMutants } from "./group-members.ts";
import { heartbeatMutants } from "./heartbeat.ts";
import { historyMutants } from "./history.ts";
import { hostileMutants } from "./hostile.ts";
import { httpMutants } from "./http.ts";
import { identityMutants } from "./identity.ts";
import { limitMutants } from "./limits.ts";
import { loginMutants } from "./login.ts";
import { logoutMutants } from "./logout.ts";
import { messageIdMutants } from "./message-id.ts";
import { msgMutants } from "./msg.ts";
import { msgContentMutants } from "./msg-content.ts";
import { msgRefusalMutants } from "./msg-refusals.ts";
import { pushMutants } from "./push.ts";
import { readMutants } from "./read.ts";
import { readerMutants } from "./readers.ts";
import { returnMutants } from "./returns.ts";
import { robotMutants } from "./robot.ts";
import { sessionMutants } from "./session.ts";
import { strangerMutants } from "./strangers.ts";
import { syMutants } from "./sys.ts";
import { textMutants } from "./texts.ts";
import { unreadMutants } from "./unread.ts";
import { voipMutants } from "./voip.ts";
import { widthMutants } from "./widths.ts";

export type { Companion, Mutant } from "./define.ts";

/** Every mutant, in the order of the rules that they break; behind them those of whole kinds of mistakes. */
export const mutants: readonly Mutant[] = [
  ...connMutants,
  ...framingMutants,
  ...hostileMutants,
  ...floodMutants,
  ...loginMutants,
  ...identityMutants,
  ...heartbeatMutants,
  ...logoutMutants,
  ...msgMutants,
  ...msgRefusalMutants,
  ...msgContentMutants,
  ...pushMutants,
  ...ackMutants,
  ...readMutants,
  ...unreadMutants,
  ...sessionMutants,
  ...historyMutants,
  ...messageIdMutants,
  ...groupMutants,
  ...groupMemberMutants,
  ...groupEndMutants,
  ...friendMutants,
  ...voipMutants,
  ...robotMutants,
  ...contentMutants,
  ...httpMutants,
  ...syMutants,
  ...limitMutants,
  ...returnMutants,
  ...textMutants,
  ...strangerMutants,
  ...readerMutants,
  ...widthMutants,
  ...atOnceMutants,
];

const byName = new Map(mutants.map((mutant) => [mutant.name, mutant]));

/** The mutant of this name, as in `--mutant NAME`. */
export function mutantByName(name: string): Mutant | undefined {
  return byName.get(name);
}
