/** What a user needs to log in. */
export interface Account {
  readonly user_name: string;
  /** What `user_pwd` carries: the MD5 hex text of the password (LOGIN-15). */
  readonly user_pwd: string;
  readonly nick_name: string;
  /** For the token method; absent when the account has none. */
  readonly user_token?: string;
  /** Known beforehand only where accounts come from a list. */
  readonly user_id?: bigint;
}

/** An account whose user id is known. */
export interface TestUser extends Account {
  readonly user_id: bigint;
}

/** Where the accounts of a run come from. Each call gives one that no other case has. */
export interface AccountSource {
  /** Whether accounts are registered by the run itself, so that each is fresh and its robot sessions are there. */
  readonly registers: boolean;
  /** @throws CouldNotRun when there is none left or it cannot be made */
  take(signal: AbortSignal): Promise<Account>;
  /** An account with a login token; absent where no account has one. */
  takeWithToken?(signal: AbortSignal): Promise<TestUser>;
}
