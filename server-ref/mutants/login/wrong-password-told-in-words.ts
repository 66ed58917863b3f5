import { commands } from "../../../codegen/index.ts";
import { reply } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects, messageOf } from "../wrap/handlers.ts";

/** LOGIN-04: says in `result_string` whether the name or the password was wrong. */
export const wrongPasswordToldInWords: Mutant = {
  name: "wrong-password-told-in-words",
  breaks: ["LOGIN-04"],
  title: "says in `result_string` whether the name or the password was wrong",
  story: "The code is the same for both, but the text is the error's message.",
  apply(seams) {
    changeEffects(seams, commands.LOGIN_AUTH_REQ, async (effects, { message }, context) => {
      const known = await context.store.userByName(message.user_name);
      return effects.map((effect) => {
        if (effect.kind !== "reply") return effect;
        const answer = messageOf(effect, commands.LOGIN_AUTH_RSP);
        if (answer.result_code === 200) return effect;
        const result_string = known ? "password is wrong" : "no such user";
        return reply(commands.LOGIN_AUTH_RSP, { ...answer, result_string });
      });
    });
  },
};
