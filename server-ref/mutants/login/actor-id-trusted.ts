import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { trustUserIds } from "../wrap/users.ts";

/** LOGIN-17: changes groups and read marks in the name of whoever the body names. */
export const actorIdTrusted: Mutant = {
  name: "actor-id-trusted",
  breaks: ["LOGIN-17"],
  title: "changes groups and read marks in the name of whoever the body names",
  story: "The acting user is a field of the request, and the check against the connection was forgotten.",
  apply(seams) {
    trustUserIds(seams, [
      commands.MSG_READ_ACK,
      commands.GROUP_CREATE_DEFAULT_REQ,
      commands.GROUP_DISBINGDING_REQ,
      commands.GROUP_EXIT_REQ,
      commands.GROUP_INVITE_MEMBER_REQ,
      commands.GROUP_KICK_OUT_MEMBER_REQ,
    ]);
  },
};
