import { getSystemErrorMessage } from "node:util";

/**
 * Why a store cannot be opened or used. Of those that say less by themselves:
 * - `connection-lost`: the connection to the database broke under an operation, which may have taken effect
 * - `outcome-unknown`: a write may or may not have taken effect, and the database could not be asked
 */
export type StoreErrorCode =
  | "bad-address"
  | "unavailable"
  | "corrupt"
  | "newer-schema"
  | "closed"
  | "connection-lost"
  | "outcome-unknown";

/** The store or the bus cannot be opened or used; the message names it and says what to do. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreError";
    this.code = code;
  }
}

/** Whether an error is a store's, and of this code where one is named. */
export function isStoreError(error: unknown, code?: StoreErrorCode): error is StoreError {
  return error instanceof StoreError && (code === undefined || error.code === code);
}

/**
 * What the system says of a call that failed, `ENOENT: no such file or directory`, without the call and its path, which
 * the sentence that it ends has named already. Of any other error its own message.
 */
export function systemReason(error: unknown): string {
  const { code, errno, message } = error as NodeJS.ErrnoException;
  return code === undefined || errno === undefined ? message : `${code}: ${getSystemErrorMessage(errno)}`;
}
