import type { Account } from "../accounts/index.ts";
import { type Address, CimClient, isClientError } from "../client/index.ts";
import { CuppingError, isCuppingError } from "../errors.ts";
import { recognizeStranger, type Stranger } from "./stranger.ts";
import type { Target } from "./target.ts";

/** Longest wait for each answer of a stranger, in milliseconds. */
const STRANGER_PATIENCE_MS = 3_000;

/** Logins that are tried at the same time where the first was not served. */
const TRIED_AGAIN = 3;

/** What to look at when tokens that somebody has listed are refused. */
export const TOKENS_IN_DOUBT: string = "have the tokens in the list expired, or were they issued by another server?";

/** Says what is wrong with a target that does not even log anybody in. @param rule the one to mend first */
export function firstMend(what: string, rule: string): string {
  return `${what}; first mend ${rule}, nothing else can be judged`;
}

/**
 * What there is to know of a login that failed, as a sentence begins.
 * @param registers whether the run has registered the account
 * @param isByToken whether it was tried by token
 */
export function describeNobody(why: string, registers: boolean, isByToken: boolean = false): string {
  if (isByToken) return `nobody can log in by token: ${why}; ${TOKENS_IN_DOUBT}`;
  // Whether names and passwords that somebody else has given are right is not for us to say.
  if (!registers) return `nobody can log in: ${why}; are the names and passwords of the accounts right?`;
  const isRefused = why.includes("result_code");
  return `nobody can log in: ${why}${isRefused ? ", although the HTTP API has just registered the account; does it belong to the same server?" : ""}`;
}

/** What to mend in a server of this protocol that is none that anybody could log in to. */
export function describeStranger({ kind, sentence }: Stranger): string {
  return firstMend(sentence, kind === "little-endian" || kind === "text" ? "CONN-02" : "LOGIN-01");
}

/**
 * Looks what listens where something did not come about that takes more than a server: it may be none.
 * @param patienceMs longest wait for each of its answers, in milliseconds
 * @returns what is wrong with a server of this protocol; undefined when it answers a login
 * @throws CuppingError `target` when it is something else, or ends every connection at once; the signal's reason
 */
export async function refuseStranger(
  address: Address,
  signal?: AbortSignal,
  patienceMs: number = STRANGER_PATIENCE_MS,
): Promise<Stranger | undefined> {
  const stranger = await recognizeStranger(address, { deadlineMs: patienceMs, signal });
  signal?.throwIfAborted();
  if (stranger?.kind === "elsewhere" || stranger?.kind === "closes") {
    throw new CuppingError("target", stranger.sentence);
  }
  return stranger;
}

/**
 * Logs one user in before the many: a target that does not even do that is told for what it is.
 * @param take gets an account that the run uses, too
 * @param registers whether the run registers it
 * @throws CuppingError `target` that says what listens there, or which rule to mend first; the signal's reason
 */
export async function requireFirstLogin(
  target: Pick<Target, "address">,
  take: () => Promise<Account>,
  registers: boolean,
  signal?: AbortSignal,
): Promise<void> {
  const account = await takeOrLook(target, take, signal);
  const why = await tryLogin(target, account, signal);
  signal?.throwIfAborted();
  if (why === undefined) return;
  // Where one of several servers behind an address is sick, the load itself has to tell how much it matters.
  const others = await Promise.all(Array.from({ length: TRIED_AGAIN }, () => tryLogin(target, account, signal)));
  signal?.throwIfAborted();
  if (others.includes(undefined)) return;
  const stranger = await refuseStranger(target.address, signal);
  const what = stranger
    ? describeStranger(stranger)
    : firstMend(describeNobody(why, registers, isByToken(account)), "LOGIN-01");
  throw new CuppingError("target", what);
}

/** Whoever gives a wrong address often gives a wrong one of the HTTP API beside it. */
async function takeOrLook(
  { address }: Pick<Target, "address">,
  take: () => Promise<Account>,
  signal?: AbortSignal,
): Promise<Account> {
  try {
    return await take();
  } catch (error) {
    signal?.throwIfAborted();
    if (isCuppingError(error, "target")) await refuseStranger(address, signal);
    throw error;
  }
}

function isByToken({ user_id, user_token }: Account): boolean {
  return user_id !== undefined && user_token !== undefined;
}

/** @returns why the login failed; undefined when it did not */
async function tryLogin(
  { address }: Pick<Target, "address">,
  account: Account,
  signal?: AbortSignal,
): Promise<string | undefined> {
  let client: CimClient | undefined;
  try {
    client = await CimClient.connect(address, { label: "first", heartbeatMs: false, signal });
    const { user_id, user_token, user_name, user_pwd } = account;
    await client.login(
      user_id !== undefined && user_token !== undefined ? { user_id, user_token } : { user_name, user_pwd },
      { signal },
    );
    return undefined;
  } catch (error) {
    if (!isClientError(error)) throw error;
    return error.resultCode === undefined
      ? error.message
      : `the login was answered with result_code ${error.resultCode}`;
  } finally {
    client?.close();
  }
}
