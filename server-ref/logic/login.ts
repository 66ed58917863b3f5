import { CIMErrorCode, type CIMUserInfo, commands, type Partially } from "../../codegen/index.ts";
import { verifyToken } from "../accounts/token-hash.ts";
import { mark } from "../marks.ts";
import type { User } from "../store/users.ts";
import type { LogicContext } from "./context.ts";
import { type Effect, login, reply } from "./effect.ts";
import { handler, type Section } from "./handler.ts";

/** The fields that both answers share (LOGIN-02, LOGIN-03). */
interface Answer {
  server_time: number;
  result_code: CIMErrorCode;
  result_string: string;
  user_info?: Partially<CIMUserInfo>;
}

function refused(result_code: CIMErrorCode, result_string: string, context: LogicContext): Answer {
  return { server_time: context.nowSeconds(), result_code, result_string };
}

function accepted(user: User, nick_name: string, context: LogicContext): Answer {
  // LOGIN-14: what is not named here stays empty.
  const user_info = { user_id: user.user_id, nick_name, attach_info: user.attach_info };
  return {
    server_time: context.nowSeconds(),
    result_code: CIMErrorCode.kCIM_ERR_SUCCESS,
    result_string: "success",
    user_info,
  };
}

function unavailable(context: LogicContext): Answer {
  mark("LOGIN-07");
  return refused(CIMErrorCode.kCIM_ERR_INTERNAL_ERROR, "server internal error", context);
}

const passwordLogin = handler({
  command: commands.LOGIN_AUTH_REQ,
  async handle({ self, message }, context): Promise<Effect[]> {
    if (self !== 0n) return secondLogin();
    const user = await context.store.userByName(message.user_name);
    // An unknown name costs the same work as a wrong password, and says the same (LOGIN-04, LOGIN-15).
    const right = await context.passwords.verify(message.user_pwd, user?.password_hash);
    if (!user || !right) {
      mark("LOGIN-04");
      const code = CIMErrorCode.kCIM_ERR_LOGIN_INVALID_USER_OR_PWD;
      return [reply(commands.LOGIN_AUTH_RSP, refused(code, "user name or password is wrong", context))];
    }
    mark("LOGIN-13");
    return [
      login(user.user_id, user.nick_name),
      reply(commands.LOGIN_AUTH_RSP, accepted(user, user.nick_name, context)),
    ];
  },
  failed: (_request, context) => [reply(commands.LOGIN_AUTH_RSP, unavailable(context))],
});

const tokenLogin = handler({
  command: commands.LOGIN_AUTH_TOKEN_REQ,
  async handle({ self, message }, context): Promise<Effect[]> {
    if (self !== 0n) return secondLogin();
    const user = await context.store.userById(message.user_id);
    if (!verifyToken(message.user_token, user?.token_hash) || !user) {
      mark("LOGIN-05");
      mark("LOGIN-06");
      const code = CIMErrorCode.kCIM_ERR_LOGIN_INVALID_USER_TOKEN;
      return [reply(commands.LOGIN_AUTH_TOKEN_RSP, refused(code, "token is wrong", context))];
    }
    const nickname = user.nick_name || message.nick_name;
    mark("LOGIN-13");
    return [login(user.user_id, nickname), reply(commands.LOGIN_AUTH_TOKEN_RSP, accepted(user, nickname, context))];
  },
  failed: (_request, context) => [reply(commands.LOGIN_AUTH_TOKEN_RSP, unavailable(context))],
});

/** The connection keeps its identity, and nothing is answered (LOGIN-11). */
function secondLogin(): Effect[] {
  mark("LOGIN-11");
  return [];
}

export const section: Section = { handlers: [passwordLogin, tokenLogin] };
