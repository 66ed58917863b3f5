import { type AccountSource, accountsFromFile, registeredInTurn, Secrets } from "../../harness/accounts/index.ts";
import { type Address, parseAddress } from "../../harness/client/index.ts";
import { CuppingError } from "../../harness/errors.ts";
import { type CaseAccounts, parseTimers, type TargetTimers } from "../../harness/runner/index.ts";
import { reachTarget, type Target } from "../../harness/targets/index.ts";
import type { ConformanceArguments } from "../options/conformance.ts";
import {
  cheapPasswords,
  checkTested,
  chooseRunAccounts,
  chooseTarget,
  openRunTarget,
  type RunOfAccounts,
} from "../run/target.ts";
import { writeReferenceAccounts } from "./reference-accounts.ts";

/** A target that is ready, and its accounts. */
export interface OpenRun {
  readonly target: Target;
  readonly accounts: CaseAccounts;
  readonly timers: TargetTimers;
  readonly webSocket: Address | undefined;
}

/** Files and connections that a whole run of the suite, or its quick part, has open at a time on either side, and more. */
const SUITE_DESCRIPTORS = 512;
const QUICK_DESCRIPTORS = 256;

/** How many files and connections a run of the suite may have open at a time. */
export function suiteDescriptors({ quick }: Pick<ConformanceArguments, "quick">): number {
  return quick ? QUICK_DESCRIPTORS : SUITE_DESCRIPTORS;
}

/**
 * Finds what is wrong with what {@link openRun} is to make ready, without reaching for it.
 * @throws CuppingError `usage`, `target`
 */
export async function checkOpenable(args: ConformanceArguments): Promise<void> {
  await chooseTarget(args);
  await checkTested(args);
  parseTimers(args.timers);
  if (args.websocket !== undefined) parseAddress(args.websocket);
  if (args.tokenUsers !== undefined) readTokenUsers(args.tokenUsers, new Secrets());
}

/**
 * Makes the target and its accounts ready.
 * @param run `logs` in its folder get what the target's containers log
 * @param signal aborted to give up
 * @throws CuppingError `usage`, `target`
 */
export async function openRun(
  args: ConformanceArguments,
  run: RunOfAccounts & { readonly folder: string },
  signal: AbortSignal,
): Promise<OpenRun> {
  const choice = await chooseTarget(args);
  const timers = parseTimers(args.timers);
  const { tls, upgrade, proxyProtocol } = choice.kind === "external" ? choice.address : {};
  const secondAddress =
    args.websocket === undefined ? undefined : { ...parseAddress(args.websocket), tls, upgrade, proxyProtocol };
  const listed =
    choice.kind === "ref" && args.users === undefined ? writeReferenceAccounts(run.seed, run.secrets) : undefined;
  const withToken = args.tokenUsers === undefined ? undefined : readTokenUsers(args.tokenUsers, run.secrets);
  const accountsOn = chooseRunAccounts(args, run);
  const target = await openRunTarget(args, run.folder, {
    signal,
    mutants: args.mutant,
    timers: { login: timers.login, heartbeat: timers.heartbeat, ack: timers.ack },
    serveArguments: [
      ...cheapPasswords,
      `--call-heartbeat-timeout=${timers.call}ms`,
      ...(listed === undefined ? [] : ["--users-file", listed.path]),
    ],
  });
  try {
    if (secondAddress !== undefined) await reachTarget(secondAddress, undefined, { signal });
    const source = await accountsOn(target, signal);
    const accounts = source.registers ? registeredInTurn(source) : source;
    const isTcp = target.address.scheme === "tcp" || target.address.scheme === "tls";
    return {
      target,
      accounts: listed?.addTo(accounts) ?? { ...accounts, ...withToken },
      timers,
      webSocket: secondAddress ?? (isTcp ? target.addresses.ws : undefined),
    };
  } catch (error) {
    await target.stop();
    throw error;
  }
}

/** Registration gives nobody a token, so accounts with one may come from a file besides. */
function readTokenUsers(path: string, secrets: Secrets): Pick<AccountSource, "takeWithToken"> {
  const { takeWithToken } = accountsFromFile(path, secrets, { byToken: true });
  if (!takeWithToken)
    throw new CuppingError("usage", `--token-users: ${path} holds no account with a user_id and a token`);
  return { takeWithToken };
}
