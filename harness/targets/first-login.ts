import type { Account } from "../accounts/index.ts";
import { CimClient, isClientError } from "../client/index.ts";
import { CuppingError } from "../errors.ts";
import { recognizeStranger } from "./stranger.ts";
import type { Target } from "./target.ts";

/** Longest wait for each answer of a stranger, in milliseconds. */
const STRANGER_PATIENCE_MS = 3_000;

/** Logins that are tried at the same time where the first was not served. */
const TRIED_AGAIN = 3;

/** Says what is wrong with a target that does not even log anybody in. @param rule the one to mend first */
export function firstMend(what: string, rule: string): string {
  return `${what}; first mend ${rule}, nothing else can be judged`;
}

/** What there is to know of a login that failed, as a sentence begins. @param registers whether the run has registered the account */
export function describeNobody(why: string, registers: boolean): string {
  // Whether names and passwords that somebody else has given are right is not for us to say.
  return `nobody can log in: ${why}${registers ? "" : "; are the names and passwords of the accounts right?"}`;
}

/**
 * Logs one user in before the many: a target that does not even do that is told for what it is.
 * @param account one that the run uses, too
 * @param registers whether the run has registered it
 * @throws CuppingError `target` that says what listens there, or which rule to mend first; the signal's reason
 */
export async function requireFirstLogin(
  target: Target,
  account: Account,
  registers: boolean,
  signal?: AbortSignal,
): Promise<void> {
  const why = await tryLogin(target, account, signal);
  signal?.throwIfAborted();
  if (why === undefined) return;
  // Where one of several servers behind an address is sick, the load itself has to tell how much it matters.
  const others = await Promise.all(Array.from({ length: TRIED_AGAIN }, () => tryLogin(target, account, signal)));
  signal?.throwIfAborted();
  if (others.includes(undefined)) return;
  const stranger = await recognizeStranger(target.address, STRANGER_PATIENCE_MS);
  if (stranger?.kind === "elsewhere" || stranger?.kind === "closes") {
    throw new CuppingError("target", stranger.sentence);
  }
  const rule = stranger?.kind === "little-endian" ? "CONN-02" : "LOGIN-01";
  throw new CuppingError("target", firstMend(stranger?.sentence ?? describeNobody(why, registers), rule));
}

/** @returns why the login failed; undefined when it did not */
async function tryLogin({ address }: Target, account: Account, signal?: AbortSignal): Promise<string | undefined> {
  let client: CimClient | undefined;
  try {
    client = await CimClient.connect(address, { label: "first", heartbeatMs: false, signal });
    const { user_id, user_token, user_name, user_pwd } = account;
    const isByToken = user_id !== undefined && user_token !== undefined;
    await client.login(isByToken ? { user_id, user_token } : { user_name, user_pwd }, { signal });
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
