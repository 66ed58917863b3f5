import { CIMErrorCode } from "../../codegen/index.ts";
import type { RegisterAccount, Registration } from "../accounts/registration.ts";
import { mark } from "../marks.ts";
import type { HttpAnswer, HttpHandler } from "./handler.ts";
import type { AllowRegistration } from "./registration-limit.ts";
import type { RegistrationTurns } from "./registration-turns.ts";

const USER_NAME_BYTES = { least: 5, most: 32 };
const PASSWORD_CHARACTERS = 32;
const NICKNAME_CHARACTERS = 32;

const TOO_MANY: HttpAnswer = {
  error_code: CIMErrorCode.kCIM_ERR_INTERNAL_ERROR,
  error_msg: "too many registrations, try again later",
};

const utf8 = new TextDecoder("utf-8", { fatal: true });

function invalid(what: string): HttpAnswer {
  return { error_code: CIMErrorCode.kCIM_ERROR_USER_INVALID_PARAMETER, error_msg: `invalid ${what}` };
}

/** The three values of the body, or undefined when it is no JSON object or a value is no text (HTTP-03). */
function readBody(body: Uint8Array): Registration | undefined {
  let json: unknown;
  try {
    json = JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) return undefined;
  const { userName = "", userNickName = "", userPwd = "" } = json as Record<string, unknown>;
  if (typeof userName !== "string" || typeof userNickName !== "string" || typeof userPwd !== "string") return undefined;
  mark("HTTP-09");
  return { user_name: userName.trim(), nick_name: userNickName.trim(), password: userPwd.trim() };
}

/** Text that every store can hold and return unchanged (HTTP-10): no NUL and no half of a surrogate pair. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

function isUserName(name: string): boolean {
  const bytes = Buffer.byteLength(name);
  return bytes >= USER_NAME_BYTES.least && bytes <= USER_NAME_BYTES.most && isStorable(name);
}

function isNickname(nickname: string): boolean {
  return nickname !== "" && [...nickname].length <= NICKNAME_CHARACTERS && isStorable(nickname);
}

/** `POST /user/register` (HTTP-01). The checks and their order are HTTP-07's. */
export function registerHandler(
  registerAccount: RegisterAccount,
  allow: AllowRegistration,
  turns: RegistrationTurns,
): HttpHandler {
  return async ({ method, address, mediaType, body }) => {
    mark("HTTP-07");
    mark("HTTP-02");
    if (method !== "POST") return invalid("method");
    if (mediaType !== "application/json") return invalid("content type");
    mark("HTTP-03");
    const registration = readBody(body);
    if (!registration) return invalid("parameters");
    mark("HTTP-04");
    if (!isUserName(registration.user_name)) return invalid("userName");
    mark("HTTP-05");
    if ([...registration.password].length !== PASSWORD_CHARACTERS) return invalid("userPwd");
    mark("HTTP-06");
    if (!isNickname(registration.nick_name)) return invalid("userNickName");
    if (!allow()) return TOO_MANY;
    mark("HTTP-08");
    const isRegistered = await turns(address, () => registerAccount(registration));
    if (isRegistered === undefined) return TOO_MANY;
    if (!isRegistered) {
      return { error_code: CIMErrorCode.kCIM_ERROR_USER_ALREADY_EXIST, error_msg: "user already exist" };
    }
    mark("HTTP-01");
    return { error_code: CIMErrorCode.kCIM_ERR_SUCCESS, error_msg: "success" };
  };
}
