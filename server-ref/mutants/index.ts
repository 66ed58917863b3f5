import { ackMutants } from "./ack/index.ts";
import { connMutants } from "./conn/index.ts";
import { contentMutants } from "./content/index.ts";
import { friendMutants } from "./friend/index.ts";
import { groupMutants } from "./group/index.ts";
import { heartbeatMutants } from "./heartbeat/index.ts";
import { historyMutants } from "./history/index.ts";
import { httpMutants } from "./http/index.ts";
import { loginMutants } from "./login/index.ts";
import { logoutMutants } from "./logout/index.ts";
import { messageIdMutants } from "./message-id/index.ts";
import { msgMutants } from "./msg/index.ts";
import type { Mutant } from "./mutant.ts";
import { pushMutants } from "./push/index.ts";
import { readMutants } from "./read/index.ts";
import { robotMutants } from "./robot/index.ts";
import { sessionMutants } from "./session/index.ts";
import { sysMutants } from "./sys/index.ts";
import { unreadMutants } from "./unread/index.ts";
import { voipMutants } from "./voip/index.ts";

export type { Companion, Mutant } from "./mutant.ts";

/** Every mutant, in the order of the rules that they break. */
export const mutants: readonly Mutant[] = [
  ...connMutants,
  ...loginMutants,
  ...heartbeatMutants,
  ...logoutMutants,
  ...msgMutants,
  ...pushMutants,
  ...ackMutants,
  ...readMutants,
  ...unreadMutants,
  ...sessionMutants,
  ...historyMutants,
  ...messageIdMutants,
  ...groupMutants,
  ...friendMutants,
  ...voipMutants,
  ...robotMutants,
  ...contentMutants,
  ...httpMutants,
  ...sysMutants,
];

const byName = new Map(mutants.map((mutant) => [mutant.name, mutant]));

/** The mutant of this name, as in `--mutant NAME`. */
export function mutantByName(name: string): Mutant | undefined {
  return byName.get(name);
}
