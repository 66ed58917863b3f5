import { type CIMAuthReq, type CIMAuthTokenReq, CIMClientType } from "../../codegen/index.ts";
import { type Account, type AccountSource, takeAccounts } from "../accounts/index.ts";
import { CuppingError, isCuppingError } from "../errors.ts";

/** How a user logs in, as the login request carries it. */
export type LoginRequest = { method: "password"; request: CIMAuthReq } | { method: "token"; request: CIMAuthTokenReq };

const CLIENT_VERSION = "cupping";

/** A token is preferred where there is one: it spares the server a password hash. */
export function loginRequestOf(account: Account): LoginRequest {
  const shared = { client_type: CIMClientType.kCIM_CLIENT_TYPE_ANDROID, client_version: CLIENT_VERSION };
  const { user_id, user_token, user_name, user_pwd, nick_name } = account;
  return user_id !== undefined && user_token !== undefined
    ? { method: "token", request: { user_id, nick_name, user_token, ...shared } }
    : { method: "password", request: { user_name, user_pwd, ...shared } };
}

/**
 * Takes the accounts of a whole run.
 * @throws CuppingError `usage` when the source has fewer; CuppingError when they cannot be registered
 */
export async function takeLoadAccounts(
  source: AccountSource,
  clients: number,
  signal: AbortSignal,
): Promise<Account[]> {
  if (source.size < clients) {
    throw new CuppingError("usage", `--clients ${clients} needs as many accounts, but there are only ${source.size}`);
  }
  if (!source.takeWithToken) return takeAccounts(source, clients, 16, signal);
  const accounts: Account[] = [];
  try {
    while (accounts.length < clients) accounts.push(await source.takeWithToken(signal));
  } catch (error) {
    if (!isCuppingError(error, "usage")) throw error;
    // Those with a token are used up; the others log in by password.
    accounts.push(...(await takeAccounts(source, clients - accounts.length, 16, signal)));
  }
  return accounts;
}
