/** Why bytes could not be taken as frames or a body could not be taken as a message. */
export type ProtocolErrorCode =
  | "length-too-short"
  | "length-too-long"
  | "truncated-stream"
  | "unknown-command"
  | "undecodable-body"
  | "unencodable-body";

/** The one error that the codec throws for bad bytes or bad values; `code` says which rule was broken. */
export class ProtocolError extends Error {
  readonly code: ProtocolErrorCode;

  constructor(code: ProtocolErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ProtocolError";
    this.code = code;
  }
}

/** Whether an error is the codec's, and of this code where one is named. */
export function isProtocolError(error: unknown, code?: ProtocolErrorCode): error is ProtocolError {
  return error instanceof ProtocolError && (code === undefined || error.code === code);
}
