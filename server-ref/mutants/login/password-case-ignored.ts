import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeRequest } from "../wrap/handlers.ts";
import { changeRegistration } from "../wrap/http.ts";

/** LOGIN-15: does not tell apart passwords that differ in the case of their letters. */
export const passwordCaseIgnored: Mutant = {
  name: "password-case-ignored",
  breaks: ["LOGIN-15"],
  title: "does not tell apart passwords that differ in the case of their letters",
  story: "MD5 texts come in both cases, so they are made lower case at registration and at login.",
  apply(seams) {
    changeRegistration(seams, ({ userPwd, ...others }) => ({ ...others, userPwd: String(userPwd).toLowerCase() }));
    changeRequest(seams, commands.LOGIN_AUTH_REQ, ({ user_pwd }) => ({ user_pwd: user_pwd.toLowerCase() }));
  },
};
