import { type Command, formatCommandId } from "../../codegen/index.ts";
import type { CloseReason } from "./transport.ts";

/**
 * Why a client call failed:
 * - `connect-failed`: no connection could be made within the deadline; `cause` has the socket's error
 * - `not-connected`: the call needs an open connection and there is none
 * - `closed`: the connection closed before the answer came; `reason` says how
 * - `deadline`: the answer, push or frame did not come in time
 * - `aborted`: the caller's signal was raised; `cause` is its reason
 * - `login-refused`: the server answered the login with a code other than 200
 * - `refused`: the server answered a message with a code other than OK
 * - `bad-answer`: an answer came whose body is not the message that the contract asks for
 */
export type ClientErrorCode =
  | "connect-failed"
  | "not-connected"
  | "closed"
  | "deadline"
  | "aborted"
  | "login-refused"
  | "refused"
  | "bad-answer";

/** What a {@link ClientError} is about. */
export interface ClientErrorDetails {
  /** Label of the connection. */
  readonly connection?: string | undefined;
  /** The command that was sent or waited for. */
  readonly command?: Command | undefined;
  /** `seq_num` of the request. */
  readonly seqNum?: number | undefined;
  /** `result_code` or `res_code` of a refusal. */
  readonly resultCode?: number | undefined;
  /** How the connection ended. */
  readonly reason?: CloseReason | undefined;
  readonly cause?: unknown;
}

/** The one error that calls of the client reject with, apart from errors in how they were called. */
export class ClientError extends Error {
  override readonly name = "ClientError";
  readonly code: ClientErrorCode;
  readonly connection: string | undefined;
  readonly command: Command | undefined;
  readonly seqNum: number | undefined;
  readonly resultCode: number | undefined;
  readonly reason: CloseReason | undefined;

  constructor(code: ClientErrorCode, message: string, details: ClientErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.connection = details.connection;
    this.command = details.command;
    this.seqNum = details.seqNum;
    this.resultCode = details.resultCode;
    this.reason = details.reason;
  }
}

/** Whether an error is the client's, and of this code where one is named. */
export function isClientError(error: unknown, code?: ClientErrorCode): error is ClientError {
  return error instanceof ClientError && (code === undefined || error.code === code);
}

/** A command as people look for it: name and id, e.g. `MSG_DATA (0x0301)`. */
export function describeCommand(command: Pick<Command, "id" | "name">): string {
  return `${command.name} (${formatCommandId(command.id)})`;
}
