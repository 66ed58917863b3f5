import { CuppingError } from "../errors.ts";
import type { Secrets } from "./secrets.ts";

/**
 * The same error, and those that caused it, without the words of accounts: a target may have said them back. What was
 * thrown and is no error comes back as a copy.
 */
export function hideInError<E>(error: E, secrets: Secrets): E {
  if (!(error instanceof Error)) return secrets.hideIn(error);
  for (let one: unknown = error; one instanceof Error; one = one.cause) {
    one.message = secrets.hideInText(one.message);
    if (one.stack !== undefined) one.stack = secrets.hideInText(one.stack);
    if (one instanceof CuppingError) one.hint = secrets.hideIn(one.hint);
  }
  return error;
}
