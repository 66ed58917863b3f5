import { createHash } from "node:crypto";
import {
  type CIMClientType,
  CIMErrorCode,
  type CIMUserInfo,
  type Command,
  commands,
  type Partially,
} from "../../codegen/index.ts";
import type { Channel, RequestOptions } from "./channel.ts";
import { ClientError, isClientError } from "./errors.ts";

/**
 * Who logs in: by name and password, by name and the MD5 hex digest that the protocol carries (`user_pwd`), or by
 * id and token (LOGIN-01).
 */
export type Credentials =
  | { readonly user_name: string; readonly password: string }
  | { readonly user_name: string; readonly user_pwd: string }
  | { readonly user_id: bigint; readonly user_token: string; readonly nick_name?: string };

/** What the server says about a successful login. */
export interface LoginResult {
  readonly user: CIMUserInfo;
  /** Server clock, Unix seconds (LOGIN-03). */
  readonly server_time: number;
}

/** The kind of client that a login announces. */
export interface ClientKind {
  readonly client_type: CIMClientType;
  readonly client_version: string;
}

/** The answer to either kind of login. */
export interface LoginReply {
  server_time: number;
  result_code: number;
  result_string: string;
  user_info: CIMUserInfo | undefined;
}

/** A login request ready to be sent. */
export interface LoginRequest {
  readonly command: Command<unknown, LoginReply>;
  readonly message: Partially<unknown>;
}

/** The lower-case MD5 hex text that stands for a password at registration and login (LOGIN-15). */
export function passwordDigest(password: string): string {
  return createHash("md5").update(password, "utf8").digest("hex");
}

/** The login command and message for these credentials. */
export function loginRequest(credentials: Credentials, kind: ClientKind): LoginRequest {
  if ("user_token" in credentials) {
    const command = commands.LOGIN_AUTH_TOKEN_REQ as unknown as Command<unknown, LoginReply>;
    const { user_id, user_token, nick_name = "" } = credentials;
    return { command, message: { user_id, user_token, nick_name, ...kind } };
  }
  const user_pwd = "user_pwd" in credentials ? credentials.user_pwd : passwordDigest(credentials.password);
  const command = commands.LOGIN_AUTH_REQ as unknown as Command<unknown, LoginReply>;
  return { command, message: { user_name: credentials.user_name, user_pwd, ...kind } };
}

/** Whether a command is the answer to a login. */
export function isLoginReply(command: Command): boolean {
  return command.id === commands.LOGIN_AUTH_RSP.id || command.id === commands.LOGIN_AUTH_TOKEN_RSP.id;
}

/**
 * Logs in over a channel.
 * @throws ClientError `login-refused` with the server's `resultCode`; as {@link Channel.request} otherwise
 */
export async function logIn(
  channel: Channel,
  credentials: Credentials,
  kind: ClientKind,
  options: RequestOptions,
): Promise<LoginResult> {
  const { command, message } = loginRequest(credentials, kind);
  const reply = await channel.request(command, message, options);
  if (reply.result_code === CIMErrorCode.kCIM_ERR_SUCCESS && reply.user_info) {
    return { user: reply.user_info, server_time: reply.server_time };
  }
  throw new ClientError("login-refused", `login refused with code ${reply.result_code} "${reply.result_string}"`, {
    connection: channel.label,
    command: command as Command,
    resultCode: reply.result_code,
  });
}

/** Whether the server will not take these credentials later either; 201 only says that it cannot check them now. */
export function isFinalRefusal(error: unknown): boolean {
  return isClientError(error, "login-refused") && error.resultCode !== CIMErrorCode.kCIM_ERR_INTERNAL_ERROR;
}
