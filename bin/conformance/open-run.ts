import { type AccountSource, accountsFromFile, openAccounts } from "../../harness/accounts/index.ts";
import { type Address, parseAddress } from "../../harness/client/index.ts";
import { CuppingError } from "../../harness/errors.ts";
import { type CaseAccounts, parseTimers, type TargetTimers } from "../../harness/runner/index.ts";
import { openTarget, parseTarget, type Target } from "../../harness/targets/index.ts";
import type { ConformanceArguments } from "./arguments.ts";
import { writeReferenceAccounts } from "./reference-accounts.ts";

/** A target that is ready, and its accounts. */
export interface OpenRun {
  readonly target: Target;
  readonly accounts: CaseAccounts;
  readonly timers: TargetTimers;
  readonly webSocket: Address | undefined;
}

/**
 * Password hashing is slow on purpose, and a suite registers and logs in a thousand users: the reference server hashes
 * with little effort here, which changes nothing that a rule speaks of.
 */
const CHEAP_PASSWORDS: readonly string[] = ["--password-cost", "1"];

/**
 * Makes the target and its accounts ready.
 * @param logFolder gets what the target's containers log
 * @throws CuppingError `usage`, CuppingError
 */
export async function openRun(args: ConformanceArguments, seed: number, logFolder: string): Promise<OpenRun> {
  const choice = parseTarget(args.target, args.http);
  const timers = parseTimers(args.timers);
  if (args.mutant.length > 0 && choice.kind !== "ref")
    throw new CuppingError("usage", "--mutant belongs to --target ref");
  const secondAddress = args.websocket === undefined ? undefined : parseAddress(args.websocket);
  const listed = choice.kind === "ref" && args.users === undefined ? writeReferenceAccounts(seed) : undefined;
  const target = await openTarget(choice, {
    iOwnThisTarget: args.iOwnThisTarget,
    mutants: args.mutant,
    image: args.image,
    compose: args.compose,
    service: args.service,
    logFolder,
    timers: { login: timers.login, heartbeat: timers.heartbeat, ack: timers.ack },
    serveArguments: [
      ...CHEAP_PASSWORDS,
      `--call-heartbeat-timeout=${timers.call}ms`,
      ...(listed === undefined ? [] : ["--users-file", listed.path]),
    ],
  });
  try {
    const { users, userTemplate, userPassword } = args;
    const accounts = openAccounts({ users, userTemplate, userPassword, http: target.http, seed });
    const isTcp = target.address.scheme === "tcp" || target.address.scheme === "tls";
    return {
      target,
      accounts: listed?.addTo(accounts) ?? addTokenUsers(accounts, args.tokenUsers),
      timers,
      webSocket: secondAddress ?? (isTcp ? target.addresses.ws : undefined),
    };
  } catch (error) {
    await target.stop();
    throw error;
  }
}

/** Registration gives nobody a token, so accounts with one may come from a file besides. */
function addTokenUsers(accounts: AccountSource, path: string | undefined): CaseAccounts {
  if (path === undefined) return accounts;
  const { takeWithToken } = accountsFromFile(path, accounts.secrets);
  if (!takeWithToken)
    throw new CuppingError("usage", `--token-users: ${path} holds no account with a user_id and a token`);
  return { ...accounts, takeWithToken };
}
