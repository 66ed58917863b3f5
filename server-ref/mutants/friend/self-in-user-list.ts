import { commands } from "../../../codegen/index.ts";
import { reply } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects, messageOf } from "../wrap/handlers.ts";

/** FRIEND-01: lists the user who asks, too. */
export const selfInUserList: Mutant = {
  name: "self-in-user-list",
  breaks: ["FRIEND-01"],
  companions: [{ rule: "FRIEND-02", reason: "the list that is checked holds its reader" }],
  title: "lists the user who asks, too",
  story: "The newest accounts are listed as they come.",
  apply(seams) {
    changeEffects(seams, commands.FRIEND_QUERY_USER_LIST_REQ, (effects, { self, nickname }) =>
      effects.map((effect) =>
        effect.kind === "reply"
          ? reply(commands.FRIEND_QUERY_USER_LIST_RSP, {
              user_id: self,
              user_info_list: [
                { user_id: self, nick_name: nickname },
                ...(messageOf(effect, commands.FRIEND_QUERY_USER_LIST_RSP).user_info_list ?? []).slice(0, 49),
              ],
            })
          : effect,
      ),
    );
  },
};
