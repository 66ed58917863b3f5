import type { Secrets } from "./secrets.ts";

/** What a user needs to log in. */
export interface Account {
  readonly user_name: string;
  /** What `user_pwd` carries at registration and login: the MD5 hex text of the password (LOGIN-15). */
  readonly user_pwd: string;
  readonly nick_name: string;
  /** For the token method; absent when the account has none. */
  readonly user_token?: string;
  /** Known beforehand only where accounts come from a file; else a login tells it (HTTP-01). */
  readonly user_id?: bigint;
}

/** Which of a load's accounts are used by one of several runs that make it together. */
export interface AccountShare {
  /** How many before them are used by others. */
  readonly first: number;
  readonly count: number;
  /** How many all of them use. */
  readonly of: number;
}

/** Where the accounts of a run come from. Each call of {@link take} gives one that no other call has given. */
export interface AccountSource {
  /** Whether the run itself registers them, so that each is fresh. */
  readonly registers: boolean;
  /** How many there are in all; `Infinity` when there is no limit. */
  readonly size: number;
  /** Knows the words of every account that the source has or has given. */
  readonly secrets: Secrets;
  /** @throws CuppingError `target` when it cannot be made; CuppingError `usage` when there is none left */
  take(signal?: AbortSignal): Promise<Account>;
  /**
   * Makes so many accounts ready for {@link take} before they are needed, or as many as can be had in a while; absent
   * where there is nothing to prepare.
   * @param onMade told after each how many there are
   * @throws CuppingError `target` when one cannot be made
   */
  prepare?(count: number, signal?: AbortSignal, onMade?: (made: number) => void): Promise<void>;
  /** Makes one now, whatever is ready. Throws as {@link take} does. */
  makeNow?(signal?: AbortSignal): Promise<Account>;
  /** Gives back an account that was taken and left no trace. Only where accounts are counted. */
  putBack?(account: Account): void;
  /** An account that can log in by token; absent where no account has one. */
  takeWithToken?(signal?: AbortSignal): Promise<Account & { user_id: bigint; user_token: string }>;
}

/**
 * Takes many accounts, several at a time, in the source's order.
 * @param concurrency most calls under way at the same time
 */
export async function takeAccounts(
  source: AccountSource,
  count: number,
  concurrency: number = 16,
  signal?: AbortSignal,
): Promise<Account[]> {
  const accounts: Account[] = new Array(count);
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      const index = next++;
      accounts[index] = await source.take(signal);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, work));
  return accounts;
}
