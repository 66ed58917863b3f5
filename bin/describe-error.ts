import { exitCodeOfError, isCuppingError } from "../harness/errors.ts";

const REPORT =
  "This is a mistake of cupping itself, not of your server. Please report it with this text, the command line and the output of `cupping --version`.";

/**
 * What a command that ends with an error tells its user, and the exit code. Only what should never happen shows a
 * stack trace.
 */
export function describeError(error: unknown): { text: string; exitCode: number } {
  if (isCuppingError(error) && error.code !== "internal") {
    return { text: [error.message, error.hint].filter(Boolean).join("\n"), exitCode: exitCodeOfError[error.code] };
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { text: `${trace}\n${REPORT}`, exitCode: exitCodeOfError.internal };
}
