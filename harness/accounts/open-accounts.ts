import { CuppingError } from "../errors.ts";
import type { AccountShare, AccountSource } from "./account.ts";
import { readPassword, requirePasswordFile } from "./password.ts";
import { registeredAccounts } from "./registration.ts";
import type { Secrets } from "./secrets.ts";
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
  /** The seed of the run. */
  readonly seed: number;
  /** The accounts that are this run's, where several runs share them out; default: all. */
  readonly share?: AccountShare | undefined;
  /** Takes note of every account. Default: one of the source's own. */
  readonly secrets?: Secrets | undefined;
}

const expected = "register (with --http), template (with --user-template) or file:users.csv";

/**
 * The source of accounts that the command line names.
 * @param options `http` is the base address of the target's HTTP API
 * @throws CuppingError `usage`
 */
export function openAccounts(options: AccountOptions & { readonly http: string | undefined }): AccountSource {
  return chooseAccounts(options)(options.http);
}

/**
 * The accounts that the command line names, as far as they can be known before there is a target: its files are read,
 * so that nothing which they hold is told by what happens while the target starts.
 * @returns what makes the source, given the base address of the target's HTTP API
 * @throws CuppingError `usage`, and so does what is returned
 */
export function chooseAccounts(options: AccountOptions): (http: string | undefined) => AccountSource {
  const { users, userTemplate, seed, secrets, share } = options;
  requirePasswordFile(options.userPassword);
  const kind = users ?? (userTemplate === undefined ? "register" : "template");
  if (userTemplate !== undefined && kind !== "template") {
    throw new CuppingError("usage", `--user-template belongs to --users template, but --users is "${kind}"`);
  }
  if (kind.startsWith("file:") && kind.length > "file:".length) {
    const listed = accountsFromFile(kind.slice("file:".length), secrets, { share });
    return () => listed;
  }
  if (kind === "template") {
    if (userTemplate === undefined)
      throw new CuppingError("usage", "--users template needs --user-template, e.g. 'load{n}'");
    const named = templateAccounts(userTemplate, readPassword(options.userPassword), secrets, share?.first);
    return () => named;
  }
  if (kind !== "register") throw new CuppingError("usage", `--users "${kind}" is not known; expected ${expected}`);
  return (http) => {
    if (http !== undefined) return registeredAccounts(http, { seed, secrets, first: share?.first });
    throw new CuppingError(
      "usage",
      users === undefined
        ? `the target has no --http, so accounts cannot be registered; give --http or --users ${expected}`
        : "--users register needs the target's HTTP API; give --http http://HOST:PORT",
    );
  };
}
