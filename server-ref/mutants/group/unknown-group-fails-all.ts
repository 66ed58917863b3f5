import { commands } from "../../../codegen/index.ts";
import { reply } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects, messageOf } from "../wrap/handlers.ts";

/** GROUP-19: returns no group when one of those asked for is unknown. */
export const unknownGroupFailsAll: Mutant = {
  name: "unknown-group-fails-all",
  breaks: ["GROUP-19"],
  companions: [{ rule: "GROUP-12", reason: "a disbanded group is unknown" }],
  title: "returns no group when one of those asked for is unknown",
  story: "The number of rows must equal the number of ids, or the request counts as failed.",
  apply(seams) {
    changeEffects(seams, commands.GROUP_INFO_REQ, (effects, { self, message }) =>
      effects.map((effect) => {
        if (effect.kind !== "reply") return effect;
        const found = messageOf(effect, commands.GROUP_INFO_RSP).group_info_list?.length ?? 0;
        return found === message.group_version_list.length
          ? effect
          : reply(commands.GROUP_INFO_RSP, { user_id: self, result_code: 201 as 200 });
      }),
    );
  },
};
