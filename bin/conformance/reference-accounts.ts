import { join } from "node:path";
import { type AccountSource, accountsFromFile, type Secrets } from "../../harness/accounts/index.ts";
import { passwordDigest } from "../../harness/client/index.ts";
import type { CaseAccounts } from "../../harness/runner/index.ts";
import { makeTemporaryFolder, writeSecretFile } from "../run/temporary.ts";

/** Accounts with a token: enough for every case about tokens, with ids beyond 31 bits as robots have them. */
const WITH_TOKEN = { first: 3_000_000_001, count: 40 };
/** Accounts with the numbers that the first groups will have, for rules about users and groups of the same number. */
const TWINS_OF_GROUPS = { first: 1, count: 400 };

/** A users file for the reference server: registration gives nobody a token, and lets nobody choose an id. */
export interface ReferenceAccounts {
  readonly path: string;
  /** Adds the accounts of the file to those that the run registers. */
  addTo(source: AccountSource): CaseAccounts;
}

/**
 * Writes the users file. It is removed with this process.
 * @param secrets takes note of its accounts at once: a server that starts with them may name one
 * @throws CuppingError `harness`
 */
export function writeReferenceAccounts(seed: number, secrets?: Secrets): ReferenceAccounts {
  const lines = [...range(WITH_TOKEN), ...range(TWINS_OF_GROUPS)].map((id) => {
    const token = id >= WITH_TOKEN.first ? `token-${seed}-${id}` : "";
    return `${id},listed-${id},password-${id},${token}`;
  });
  const path = join(makeTemporaryFolder("users"), "users.csv");
  writeSecretFile(path, `user_id,user_name,password,token\n${lines.join("\n")}\n`);
  if (secrets) accountsFromFile(path, secrets);
  return { path, addTo: (source) => added(source, path) };
}

function added(source: AccountSource, path: string): CaseAccounts {
  const { secrets } = source;
  const { takeWithToken } = accountsFromFile(path, secrets);
  const twins = new Set(range(TWINS_OF_GROUPS));
  return {
    ...source,
    ...(takeWithToken && { takeWithToken }),
    withId(id) {
      if (!twins.delete(Number(id))) return undefined;
      const name = `listed-${id}`;
      return { user_id: id, user_name: name, nick_name: name, user_pwd: passwordDigest(`password-${id}`) };
    },
  };
}

function range({ first, count }: { first: number; count: number }): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}
