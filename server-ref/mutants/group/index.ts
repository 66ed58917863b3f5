import type { Mutant } from "../mutant.ts";
import { formerMembersGetMessages } from "./former-members-get-messages.ts";

/** Mutants of section GROUP: groups. */
export const groupMutants: readonly Mutant[] = [formerMembersGetMessages];
