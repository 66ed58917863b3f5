import { asCuppingError, CuppingError, type ErrorCode } from "./errors.ts";

/** An error on its way from one process to another. */
export interface SentError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string | undefined;
  /** Of an `internal` error alone. */
  readonly stack?: string | undefined;
}

/** What a process tells of an error to the one that started it. */
export function sendableError(error: unknown): SentError {
  const { code, message, hint, cause, stack } = asCuppingError(error);
  if (code !== "internal") return { code, message, hint };
  return { code, message, stack: (cause instanceof Error && cause.stack) || stack };
}

/** The error that another process has told. */
export function receivedError({ code, message, hint, stack }: SentError): CuppingError {
  const error = new CuppingError(code, message, { hint });
  if (stack !== undefined) error.stack = stack;
  return error;
}
