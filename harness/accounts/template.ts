import { passwordDigest } from "../client/index.ts";
import { CuppingError } from "../errors.ts";
import type { AccountSource } from "./account.ts";
import { Secrets } from "./secrets.ts";

const PLACEHOLDER = /\{n(?::(\d{1,2}))?\}/;

/**
 * Accounts that exist already, named by a pattern: `load{n}` gives load1, load2 …; `load{n:5}` gives load00001.
 * @param password the same for all
 * @param secrets takes note of the password and of every account that is taken
 * @param first how many numbers before the first one are used by others
 * @throws CuppingError `usage` when the pattern has no place for a number
 */
export function templateAccounts(
  pattern: string,
  password: string,
  secrets: Secrets = new Secrets(),
  first: number = 0,
): AccountSource {
  if (!PLACEHOLDER.test(pattern)) {
    throw new CuppingError(
      "usage",
      `--user-template "${pattern}" gives the same name to all users; expected {n} or {n:5} where the number goes`,
    );
  }
  const user_pwd = passwordDigest(password);
  secrets.addPassword(password);
  let taken = first;
  return {
    registers: false,
    size: Number.POSITIVE_INFINITY,
    secrets,
    async take() {
      const number = ++taken;
      const user_name = pattern.replace(PLACEHOLDER, (_, width) => String(number).padStart(Number(width ?? 0), "0"));
      const account = { user_name, user_pwd, nick_name: user_name };
      secrets.add(account);
      return account;
    },
  };
}
