import { commands } from "../../../codegen/index.ts";
import { reply } from "../../logic/effect.ts";
import type { Mutant } from "../mutant.ts";
import { changeEffects } from "../wrap/handlers.ts";

/** GROUP-04: refuses a group without other members. */
export const groupOfOneRefused: Mutant = {
  name: "group-of-one-refused",
  breaks: ["GROUP-04"],
  companions: [{ rule: "GROUP-06", reason: "the groups with long names have no other member" }],
  title: "refuses a group without other members",
  story: "A group of one was thought to be a mistake of the client.",
  apply(seams) {
    changeEffects(seams, commands.GROUP_CREATE_DEFAULT_REQ, (effects, { self, message }) =>
      message.member_id_list.length > 0
        ? effects
        : [reply(commands.GROUP_CREATE_DEFAULT_RSP, { user_id: self, result_code: 201 as 200 })],
    );
  },
};
