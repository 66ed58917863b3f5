import { CIMErrorCode, commands } from "../../../codegen/index.ts";
import { login, reply } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { wrapHandle } from "../wrap/handlers.ts";

/** LOGIN-06: lets a client with an empty token into an account without a token. */
export const emptyTokenAccepted: Mutant = {
  name: "empty-token-accepted",
  breaks: ["LOGIN-06"],
  title: "lets a client with an empty token into an account without a token",
  story: "Both texts are empty, so they compare as equal.",
  apply(seams) {
    wrapHandle(seams, commands.LOGIN_AUTH_TOKEN_REQ, async (request, context, original) => {
      const { self, message } = request;
      const user = self === 0n && message.user_token === "" ? await context.store.userById(message.user_id) : undefined;
      if (!user || user.token_hash !== undefined) return await original(request, context);
      const { user_id, nick_name } = user;
      const answer = {
        server_time: context.nowSeconds(),
        result_code: CIMErrorCode.kCIM_ERR_SUCCESS,
        user_info: { user_id, nick_name },
      };
      return [login(user_id, nick_name), reply(commands.LOGIN_AUTH_TOKEN_RSP, answer)];
    });
  },
};
