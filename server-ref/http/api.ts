import type { RegisterAccount } from "../accounts/registration.ts";
import type { HttpHandler } from "./handler.ts";
import { nicknameGenerateHandler } from "./nickname-generate.ts";
import { type FindNickname, nicknameQueryHandler } from "./nickname-query.ts";
import { registerHandler } from "./register.ts";
import type { AllowRegistration } from "./registration-limit.ts";

/** What the API needs from the rest of the server. */
export interface ApiServices {
  registerAccount: RegisterAccount;
  findNickname: FindNickname;
  allowRegistration: AllowRegistration;
}

/** The handlers of the API by path. */
export function apiHandlers({
  registerAccount,
  findNickname,
  allowRegistration,
}: ApiServices): Map<string, HttpHandler> {
  return new Map([
    ["/user/register", registerHandler(registerAccount, allowRegistration)],
    ["/user/nickname/query", nicknameQueryHandler(findNickname)],
    ["/user/nickname/generate", nicknameGenerateHandler],
  ]);
}
