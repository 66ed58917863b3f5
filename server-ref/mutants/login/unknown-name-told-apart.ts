import { CIMErrorCode, commands } from "../../../codegen/index.ts";
import { reply } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects, messageOf } from "../wrap/handlers.ts";

/** LOGIN-04: answers an unknown user name with another code than a wrong password. */
export const unknownNameToldApart: Mutant = {
  name: "unknown-name-told-apart",
  breaks: ["LOGIN-04"],
  title: "answers an unknown user name with another code than a wrong password",
  story: "Support asked for it, because users mistype their names.",
  apply(seams) {
    changeEffects(seams, commands.LOGIN_AUTH_REQ, async (effects, { message }, context) => {
      if (await context.store.userByName(message.user_name)) return effects;
      return effects.map((effect) =>
        effect.kind === "reply"
          ? reply(commands.LOGIN_AUTH_RSP, {
              ...messageOf(effect, commands.LOGIN_AUTH_RSP),
              result_code: CIMErrorCode.kCIM_ERROR_USER_NOT_EXIST,
            })
          : effect,
      );
    });
  },
};
