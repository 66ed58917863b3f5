import { join } from "node:path";
import {
  type AccountShare,
  type AccountSource,
  chooseAccounts,
  hideInTarget,
  type Secrets,
} from "../../harness/accounts/index.ts";
import { CuppingError } from "../../harness/errors.ts";
import { parseDuration } from "../../harness/measure/index.ts";
import type { LoadResult } from "../../harness/result/index.ts";
import {
  checkTarget,
  describeStranger,
  type OpenTargetOptions,
  openTarget,
  parseTarget,
  refuseStranger,
  requireOwnTarget,
  type Target,
  type TargetChoice,
} from "../../harness/targets/index.ts";
import { type AccountRows, accountRows } from "../options/accounts.ts";
import { type ContainerRows, containerRows } from "../options/container.ts";
import type { FrontRows } from "../options/front.ts";
import type { MutantRows } from "../options/reference-server.ts";
import { type ArgumentsOf, argumentsFor } from "../options/row.ts";
import type { MetricsRows, TargetRows } from "../options/target.ts";
import type { TlsRows } from "../options/tls.ts";
import { withFront } from "./front.ts";
import { withTls } from "./tls.ts";
import { trustOverHttps } from "./trust-https.ts";

/** What every command that tests something says of the target; a command without containers has none of those rows. */
export type TargetArguments = ArgumentsOf<TargetRows & TlsRows & ContainerRows> & Beside;

/** What some commands have: a second address of the same target, and what its WebSocket handshakes say. */
interface Beside extends Partial<ArgumentsOf<FrontRows>> {
  readonly websocket?: string | undefined;
}

function targetOf(args: ArgumentsOf<TargetRows & TlsRows> & Beside): TargetChoice {
  const choice = parseTarget(args.target, args.http);
  const upgraded = withFront(choice, args, args.websocket);
  return withTls(upgraded, args, args.websocket === undefined ? [] : [args.websocket]);
}

/** How long the command line waits for a server, in milliseconds. @throws CuppingError `usage` */
function waitOf({ wait, target }: TargetArguments, { kind }: TargetChoice): number | undefined {
  if (wait === undefined) return undefined;
  if (kind === "external") return parseDuration(wait, "--wait");
  throw new CuppingError(
    "usage",
    `--wait is about a server that runs already, and --target ${target} is started by this`,
  );
}

/**
 * Arguments with which the reference server hashes passwords with little effort: a suite or a load logs in a thousand
 * users, and would measure the hash. It changes nothing that a rule speaks of.
 */
export const cheapPasswords: readonly string[] = ["--password-cost=1"];

/**
 * Which target the command line names.
 * @throws CuppingError `usage`, also when it names mutants that there are not, or for a server that is not ours
 */
export async function chooseTarget({
  mutant,
  ...args
}: ArgumentsOf<TargetRows & TlsRows & MutantRows> & Beside): Promise<TargetChoice> {
  const choice = targetOf(args);
  if (mutant.length === 0) return choice;
  if (choice.kind !== "ref") throw new CuppingError("usage", "--mutant belongs to --target ref");
  // Loaded only where one is named: they bring the whole server along.
  const { findMutant } = await import("../serve/find-mutant.ts");
  for (const name of mutant) findMutant(name);
  return choice;
}

/** The folder in that of a run which gets what the target's containers log. */
export function logFolder(folder: string): string {
  return join(folder, "logs");
}

/**
 * Makes the target of the command line ready. Stop it when done.
 * @param folder the run's
 * @throws CuppingError `usage`, `target`
 */
export async function openRunTarget(
  args: TargetArguments,
  folder: string,
  more: OpenTargetOptions = {},
): Promise<Target> {
  const choice = targetOf(args);
  const waitMs = waitOf(args, choice);
  if (choice.kind === "external" && choice.http?.startsWith("https:") && choice.address.tls)
    await trustOverHttps(choice.address.tls);
  return openTarget(choice, {
    iOwnThisTarget: args.iOwnThisTarget,
    waitMs,
    onWait: () => process.stderr.write(`waiting up to ${args.wait} for ${args.target}\n`),
    ...argumentsFor(containerRows, args),
    logFolder: logFolder(folder),
    ...more,
  });
}

/**
 * Finds what is wrong with the target that the command line names, without reaching for it.
 * @throws CuppingError `usage`; `target` when its name cannot be resolved
 */
export async function checkRunTarget(args: TargetArguments): Promise<TargetChoice> {
  const choice = targetOf(args);
  waitOf(args, choice);
  await checkTarget(choice, { iOwnThisTarget: args.iOwnThisTarget, ...argumentsFor(containerRows, args) });
  return choice;
}

/**
 * Finds what is wrong with target and accounts that the command line names, without reaching for them.
 * @param share which of the accounts are the run's; default: all
 * @throws CuppingError `usage`; `target` when the target's name cannot be resolved
 */
export async function checkTested(
  args: TargetArguments & ArgumentsOf<AccountRows>,
  share?: AccountShare,
): Promise<TargetChoice> {
  const choice = await checkRunTarget(args);
  // Whether they can be registered shows at the target: first of all it has to be there.
  chooseAccounts({ ...argumentsFor(accountRows, args), seed: 0, share });
  return choice;
}

/** What accounts need of the run that uses them. */
export interface RunOfAccounts {
  readonly seed: number;
  readonly secrets: Secrets;
  /** Those that are the run's, where several share them out; default: all. */
  readonly share?: AccountShare | undefined;
}

/**
 * The accounts that the command line names; their files are read now.
 * @returns what makes their source once the target is there, and says what listens when they cannot be had
 * @throws CuppingError `usage`; what is returned `target` as well, and its signal's reason
 */
export function chooseRunAccounts(
  args: ArgumentsOf<AccountRows>,
  { seed, secrets, share }: RunOfAccounts,
): (target: Target, signal: AbortSignal) => Promise<AccountSource> {
  const accountsWith = chooseAccounts({ ...argumentsFor(accountRows, args), seed, secrets, share });
  return async ({ address, http }, signal) => {
    try {
      return accountsWith(http);
    } catch (error) {
      // Whoever is asked for accounts does not look for the mistake in the address.
      const stranger = await refuseStranger(address, signal);
      if (!stranger) throw error;
      // One that says nothing may do so to whom it does not know.
      if (stranger.kind !== "silent") throw new CuppingError("target", describeStranger(stranger));
      throw new CuppingError("usage", `${stranger.sentence}, and ${(error as Error).message}`);
    }
  };
}

/** A target that is ready, and accounts on it. */
export interface Tested {
  readonly target: Target;
  readonly accounts: AccountSource;
}

/** Makes target and accounts of the command line ready. @throws CuppingError `usage`, `target` */
export async function openTested(
  args: TargetArguments & ArgumentsOf<AccountRows>,
  run: RunOfAccounts & { readonly folder: string },
  more: OpenTargetOptions & { readonly signal: AbortSignal },
): Promise<Tested> {
  const accountsOn = chooseRunAccounts(args, run);
  const target = await openRunTarget(args, run.folder, more);
  try {
    return { target, accounts: await accountsOn(target, more.signal) };
  } catch (error) {
    await target.stop();
    throw error;
  }
}

/** Where the command line says that the target's metrics are. @throws CuppingError `usage` */
export async function metricsUrl({
  metrics,
  iOwnThisTarget,
}: ArgumentsOf<TargetRows & MetricsRows>): Promise<string | undefined> {
  if (metrics === undefined) return undefined;
  const url = URL.parse(metrics);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new CuppingError(
      "usage",
      `--metrics takes an address such as http://host:9090/metrics, but got "${metrics}"`,
    );
  }
  await requireOwnTarget(url.hostname.replace(/^\[|\]$/g, ""), iOwnThisTarget);
  return url.href;
}

/** A load's result with the end of what the target logged, where the harness started it. */
export function withTargetLog(result: LoadResult, target: Target, secrets: Secrets): LoadResult {
  const logTail = target.logTail();
  return logTail.length === 0 ? result : { ...result, target: hideInTarget({ ...result.target, logTail }, secrets) };
}
