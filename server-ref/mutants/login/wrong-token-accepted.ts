import { CIMErrorCode, commands } from "../../../codegen/index.ts";
import { login, reply } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { wrapHandle } from "../wrap/handlers.ts";

/** LOGIN-05: lets anybody in by token who names an existing user. */
export const wrongTokenAccepted: Mutant = {
  name: "wrong-token-accepted",
  breaks: ["LOGIN-05"],
  companions: [{ rule: "LOGIN-06", reason: "an account without a token can be entered with any" }],
  title: "lets anybody in by token who names an existing user",
  story: "The token is looked up but its comparison was left for later.",
  apply(seams) {
    wrapHandle(seams, commands.LOGIN_AUTH_TOKEN_REQ, async (request, context, original) => {
      const user = request.self === 0n ? await context.store.userById(request.message.user_id) : undefined;
      if (!user || request.message.user_token === "") return await original(request, context);
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
