import type { Secrets } from "./secrets.ts";

/** The same error, and those that caused it, without the words of accounts: a target may have said them back. */
export function hideInError<E>(error: E, secrets: Secrets): E {
  for (let one: unknown = error; one instanceof Error; one = one.cause) {
    one.message = secrets.hideInText(one.message);
    if (one.stack !== undefined) one.stack = secrets.hideInText(one.stack);
  }
  return error;
}
