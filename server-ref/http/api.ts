import type { RegisterAccount } from "../accounts/registration.ts";
import type { HttpHandler } from "./handler.ts";
import { nicknameGenerateHandler } from "./nickname-generate.ts";
import { type FindNickname, nicknameQueryHandler } from "./nickname-query.ts";
import { registerHandler } from "./register.ts";
import type { AllowRegistration } from "./registration-limit.ts";
import type { RegistrationTurns } from "./registration-turns.ts";

/** What the API needs from the rest of the server. */
export interface ApiServices {
  registerAccount: RegisterAccount;
  findNickname: FindNickname;
  allowRegistration: AllowRegistration;
  registrationTurns: RegistrationTurns;
}

/** The handlers of the API by path. */
export function apiHandlers({
  registerAccount,
  findNickname,
  allowRegistration,
  registrationTurns,
}: ApiServices): Map<string, HttpHandler> {
  return new Map([
    ["/user/register", registerHandler(registerAccount, allowRegistration, registrationTurns)],
    ["/user/nickname/query", nicknameQueryHandler(findNickname)],
    ["/user/nickname/generate", nicknameGenerateHandler],
  ]);
}
