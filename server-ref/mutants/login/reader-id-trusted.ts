import { commands } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";
import { trustUserIds } from "../wrap/users.ts";

/** LOGIN-17: shows sessions, history and groups of whoever the body names. */
export const readerIdTrusted: Mutant = {
  name: "reader-id-trusted",
  breaks: ["LOGIN-17"],
  companions: [{ rule: "HIST-11", reason: "whoever may name another reader reads conversations of others" }],
  title: "shows sessions, history and groups of whoever the body names",
  story: "Requests carry the user's id, and the look-up takes it from there.",
  apply(seams) {
    trustUserIds(seams, [
      commands.LIST_RECENT_CONTACT_SESSION_REQ,
      commands.LIST_MSG_REQ,
      commands.MSG_GET_LATEST_MSG_ID_REQ,
      commands.MSG_GET_BY_MSG_ID_REQ,
      commands.GROUP_LIST_REQ,
      commands.GROUP_LIST_MEMBER_REQ,
    ]);
  },
};
