import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects, messageOf } from "../wrap/handlers.ts";
import { wrapStore } from "../wrap/store.ts";

/** GROUP-03: lists members as often as the request names them. */
export const repeatedMembersCounted: Mutant = {
  name: "repeated-members-counted",
  breaks: ["GROUP-03"],
  companions: [{ rule: "GROUP-30", reason: "members are listed more than once" }],
  title: "lists members as often as the request names them",
  story: "Members are a list in the request, and nobody made a set of them.",
  apply(seams) {
    const named = new Map<bigint, bigint[]>();
    changeEffects(seams, commands.GROUP_CREATE_DEFAULT_REQ, (effects, { message }) => {
      const created = effects.find((effect) => effect.kind === "reply");
      const groupId =
        created?.kind === "reply" && messageOf(created, commands.GROUP_CREATE_DEFAULT_RSP).group_info?.group_id;
      if (groupId) named.set(groupId, message.member_id_list);
      return effects;
    });
    wrapStore(seams, (store) => ({
      members: async (groupId) => {
        const members = await store.members(groupId);
        const list = named.get(groupId) ?? [];
        return members && [...members, ...list.filter((id, place) => list.indexOf(id) !== place)];
      },
    }));
  },
};
