import type { Mutant } from "../mutant.ts";
import { selfInUserList } from "./self-in-user-list.ts";
import { strangersMayNotWrite } from "./strangers-may-not-write.ts";
import { wrongNicknames } from "./wrong-nicknames.ts";

/** Mutants of section FRIEND: user list. */
export const friendMutants: readonly Mutant[] = [selfInUserList, strangersMayNotWrite, wrongNicknames];
