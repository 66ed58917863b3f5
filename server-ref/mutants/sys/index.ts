import type { Mutant } from "../mutant.ts";
import { concurrentMessagesLost } from "./concurrent-messages-lost.ts";
import { groupsLostAtRestart } from "./groups-lost-at-restart.ts";

/** Mutants of section SYS: persistence and concurrency. */
export const sysMutants: readonly Mutant[] = [concurrentMessagesLost, groupsLostAtRestart];
