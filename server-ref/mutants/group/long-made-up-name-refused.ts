import { commands } from "../../../codegen/index.ts";
import { reply } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects, messageOf } from "../wrap/handlers.ts";

/** GROUP-05: refuses a group whose made-up name is longer than 32 characters. */
export const longMadeUpNameRefused: Mutant = {
  name: "long-made-up-name-refused",
  breaks: ["GROUP-05"],
  title: "refuses a group whose made-up name is longer than 32 characters",
  story: "The column holds 32 characters, and four nicknames may be longer than that.",
  apply(seams) {
    changeEffects(seams, commands.GROUP_CREATE_DEFAULT_REQ, (effects, { self, message }) => {
      const created = effects.find((effect) => effect.kind === "reply");
      const name =
        created?.kind === "reply" ? messageOf(created, commands.GROUP_CREATE_DEFAULT_RSP).group_info?.group_name : "";
      return message.group_name === "" && (name ?? "").length > 32
        ? [reply(commands.GROUP_CREATE_DEFAULT_RSP, { user_id: self, result_code: 201 as 200 })]
        : effects;
    });
  },
};
