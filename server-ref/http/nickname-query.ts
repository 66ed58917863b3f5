import { CIMErrorCode } from "../../codegen/index.ts";
import { mark } from "../marks.ts";
import { type HttpAnswer, type HttpHandler, type HttpRequest, parseForm } from "./handler.ts";

/** Success of this call is 0, unlike registration's 200 (HTTP-14). */
const SUCCESS = 0;
const LARGEST_USER_ID = 2n ** 64n - 1n;

/** The stored nickname of a user, or undefined for an unknown one. */
export type FindNickname = (userId: bigint) => Promise<string | undefined>;

function failed(message: string): HttpAnswer {
  return { error_code: -1, error_msg: message };
}

/** The parameter in the form that was posted, else in the query. */
function readUserId({ mediaType, body, query }: HttpRequest): string | undefined {
  const form = mediaType === "application/x-www-form-urlencoded" ? parseForm(Buffer.from(body).toString()) : undefined;
  return form?.get("user_id") ?? query.get("user_id");
}

/** `GET /user/nickname/query?user_id=N`, or the same as a posted form (HTTP-14). */
export function nicknameQueryHandler(findNickname: FindNickname): HttpHandler {
  return async (request) => {
    mark("HTTP-15");
    const text = readUserId(request);
    if (text === undefined || text === "") return failed("miss user_id filed");
    if (!/^[0-9]{1,20}$/.test(text) || BigInt(text) > LARGEST_USER_ID) return failed("invalid user_id");
    const nickname = await findNickname(BigInt(text));
    if (nickname === undefined) {
      return { error_code: CIMErrorCode.kCIM_ERROR_USER_NOT_EXIST, error_msg: "user not exist", nick_name: "" };
    }
    mark("HTTP-14");
    return { error_code: SUCCESS, error_msg: "success", nick_name: nickname };
  };
}
