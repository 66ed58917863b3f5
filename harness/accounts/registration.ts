import { createHash, randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { CIMErrorCode } from "../../codegen/index.ts";
import { awakeDeadline } from "../awake-timeout.ts";
import { passwordDigest } from "../client/index.ts";
import { CuppingError } from "../errors.ts";
import type { Account, AccountSource } from "./account.ts";
import { Secrets } from "./secrets.ts";

/** How accounts are registered. */
export interface RegistrationOptions {
  /** The same seed gives the same names and passwords on a fresh server. */
  readonly seed: number;
  /** First letters of every name, so that a server's owner can find them. At most 8. Default `cup`. */
  readonly prefix?: string | undefined;
  /** How many names before the first one are used by others. Default 0. */
  readonly first?: number | undefined;
  /** Longest wait for one answer, in milliseconds. Default 10,000. */
  readonly deadlineMs?: number | undefined;
  /** Takes note of every account. Default: one of the source's own. */
  readonly secrets?: Secrets | undefined;
}

/** Tries per account before a server that does not answer counts as failed. */
const TRIES = 3;

/** Digits of a nickname, so that all are of one length. */
const NICKNAME_DIGITS = 7;

/** Accounts registered over the target's HTTP API (HTTP-01). */
export function registeredAccounts(http: string, options: RegistrationOptions): AccountSource {
  const { seed, prefix = "cup", first = 0, deadlineMs = 10_000, secrets = new Secrets() } = options;
  const tag = Math.abs(seed).toString(36).slice(0, 10);
  let generation = "";
  let made = first;
  return {
    registers: true,
    size: Number.POSITIVE_INFINITY,
    secrets,
    async take(signal) {
      const number = ++made;
      for (;;) {
        const tried = generation;
        const name = `${prefix}${tag}${tried}u${number}`;
        // As long for the first account as for the last: what is made of nicknames must not depend on who comes first.
        const nick_name = `Nick ${number.toString().padStart(NICKNAME_DIGITS, "0")}`;
        const account: Account = { user_name: name, user_pwd: digestFor(seed, name), nick_name };
        secrets.add(account);
        if (await register(http, account, deadlineMs, signal)) return account;
        // An earlier run with this seed has used the names on this server; names must be fresh before repeatable.
        if (generation === tried) generation = `-${randomBytes(3).toString("hex")}`;
      }
    },
  };
}

/**
 * Registers one account.
 * @returns false when the name is taken (HTTP-08)
 * @throws CuppingError `target` when the server refuses it otherwise or does not answer
 */
async function register(
  http: string,
  { user_name, user_pwd, nick_name }: Account,
  deadlineMs: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const body = JSON.stringify({ userName: user_name, userNickName: nick_name, userPwd: user_pwd });
  const { error_code, error_msg } = await post(`${http}/user/register`, body, deadlineMs, signal);
  if (error_code === CIMErrorCode.kCIM_ERR_SUCCESS) return true;
  if (error_code === CIMErrorCode.kCIM_ERROR_USER_ALREADY_EXIST) return false;
  throw new CuppingError("target", `registering an account at ${http} failed with code ${error_code} "${error_msg}"`);
}

async function post(
  url: string,
  body: string,
  deadlineMs: number,
  signal?: AbortSignal,
): Promise<{ error_code?: unknown; error_msg?: unknown }> {
  for (let attempt = 1; ; attempt++) {
    const deadline = awakeDeadline(deadlineMs, signal);
    try {
      const response = await fetch(url, {
        method: "POST",
        // The one form that every server must take (HTTP-02).
        headers: { "content-type": "application/json; charset=utf-8" },
        body,
        signal: deadline.signal,
      });
      return (await response.json()) as { error_code?: unknown; error_msg?: unknown };
    } catch (error) {
      signal?.throwIfAborted();
      if (attempt === TRIES)
        throw new CuppingError("target", `${url} does not answer as an HTTP API: ${reasonOf(error)}`);
      await delay(100 * attempt, undefined, { signal }).catch(() => signal?.throwIfAborted());
    } finally {
      deadline.clear();
    }
  }
}

/** fetch hides the interesting part of a failure in its cause. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code || message : message;
}

/** A password that nobody has to remember: the same for the same seed and name. */
function digestFor(seed: number, name: string): string {
  return passwordDigest(createHash("sha256").update(`${seed}:${name}`).digest("hex"));
}
