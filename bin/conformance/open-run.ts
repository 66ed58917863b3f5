import { type AccountSource, accountsFromFile, registeredInTurn } from "../../harness/accounts/index.ts";
import { type Address, parseAddress } from "../../harness/client/index.ts";
import { CuppingError } from "../../harness/errors.ts";
import { type CaseAccounts, parseTimers, type TargetTimers } from "../../harness/runner/index.ts";
import type { Target } from "../../harness/targets/index.ts";
import type { ConformanceArguments } from "../options/conformance.ts";
import { cheapPasswords, chooseTarget, openRunAccounts, openRunTarget } from "../run/target.ts";
import { writeReferenceAccounts } from "./reference-accounts.ts";

/** A target that is ready, and its accounts. */
export interface OpenRun {
  readonly target: Target;
  readonly accounts: CaseAccounts;
  readonly timers: TargetTimers;
  readonly webSocket: Address | undefined;
}

/**
 * Makes the target and its accounts ready.
 * @param folder the run's; its `logs` get what the target's containers log
 * @throws CuppingError `usage`, `target`
 */
export async function openRun(args: ConformanceArguments, seed: number, folder: string): Promise<OpenRun> {
  const choice = await chooseTarget(args);
  const timers = parseTimers(args.timers);
  const secondAddress = args.websocket === undefined ? undefined : parseAddress(args.websocket);
  const listed = choice.kind === "ref" && args.users === undefined ? writeReferenceAccounts(seed) : undefined;
  const target = await openRunTarget(args, folder, {
    mutants: args.mutant,
    timers: { login: timers.login, heartbeat: timers.heartbeat, ack: timers.ack },
    serveArguments: [
      ...cheapPasswords,
      `--call-heartbeat-timeout=${timers.call}ms`,
      ...(listed === undefined ? [] : ["--users-file", listed.path]),
    ],
  });
  try {
    const source = openRunAccounts(args, target, seed);
    const accounts = source.registers ? registeredInTurn(source) : source;
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
