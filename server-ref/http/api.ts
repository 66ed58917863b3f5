import type { HttpHandler } from "./handler.ts";
import { nicknameGenerateHandler } from "./nickname-generate.ts";
import { type FindNickname, nicknameQueryHandler } from "./nickname-query.ts";
import { type RegisterAccount, registerHandler } from "./register.ts";

/** What the API needs from the rest of the server. */
export interface ApiServices {
  registerAccount: RegisterAccount;
  findNickname: FindNickname;
}

/** The handlers of the API by path. */
export function apiHandlers({ registerAccount, findNickname }: ApiServices): Map<string, HttpHandler> {
  return new Map([
    ["/user/register", registerHandler(registerAccount)],
    ["/user/nickname/query", nicknameQueryHandler(findNickname)],
    ["/user/nickname/generate", nicknameGenerateHandler],
  ]);
}
