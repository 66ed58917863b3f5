/**
 * What went wrong outside the stores, which have codes of their own:
 * - `bad-csv`: a text is not CSV
 * - `bad-users-file`: the users file cannot be read or used; the message names the file and the line
 * - `queue-full`: too much work waits already
 */
export type ServerErrorCode = "bad-csv" | "bad-users-file" | "queue-full";

/** The error of the server's own that its callers tell apart, by its code. */
export class ServerError extends Error {
  override readonly name = "ServerError";
  readonly code: ServerErrorCode;

  constructor(code: ServerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Whether an error is the server's own, and of this code where one is named. */
export function isServerError(error: unknown, code?: ServerErrorCode): error is ServerError {
  return error instanceof ServerError && (code === undefined || error.code === code);
}
