import { CuppingError } from "../errors.ts";
import type { AccountSource } from "./account.ts";
import { readPassword, requirePasswordFile } from "./password.ts";
import { registeredAccounts } from "./registration.ts";
import { templateAccounts } from "./template.ts";
import { accountsFromFile } from "./users-file.ts";

/** What the command line says about accounts. */
export interface AccountOptions {
  /** `--users`: `register`, `template` or `file:PATH`; default `register` when there is an HTTP API. */
  readonly users?: string | undefined;
  /** `--user-template`, e.g. `load{n}`. */
  readonly userTemplate?: string | undefined;
  /** `--user-password`, only as `@FILE`. */
  readonly userPassword?: string | undefined;
  /** Base address of the target's HTTP API. */
  readonly http: string | undefined;
  /** The seed of the run. */
  readonly seed: number;
}

const expected = "register (with --http), template (with --user-template) or file:users.csv";

/**
 * The source of accounts that the command line names.
 * @throws CuppingError `usage`
 */
export function openAccounts(options: AccountOptions): AccountSource {
  const { users, userTemplate, http, seed } = options;
  requirePasswordFile(options.userPassword);
  const kind = users ?? (userTemplate === undefined ? "register" : "template");
  if (userTemplate !== undefined && kind !== "template") {
    throw new CuppingError("usage", `--user-template belongs to --users template, but --users is "${kind}"`);
  }
  if (kind.startsWith("file:") && kind.length > "file:".length) return accountsFromFile(kind.slice("file:".length));
  if (kind === "template") {
    if (userTemplate === undefined)
      throw new CuppingError("usage", "--users template needs --user-template, e.g. 'load{n}'");
    return templateAccounts(userTemplate, readPassword(options.userPassword));
  }
  if (kind !== "register") throw new CuppingError("usage", `--users "${kind}" is not known; expected ${expected}`);
  if (http !== undefined) return registeredAccounts(http, { seed });
  throw new CuppingError(
    "usage",
    users === undefined
      ? `the target has no --http, so accounts cannot be registered; give --http or --users ${expected}`
      : "--users register needs the target's HTTP API; give --http http://HOST:PORT",
  );
}
