import { commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { trustUserIds } from "./wrap/users.ts";

/** Mutants of section LOGIN: whom a command acts for. */
export const identityMutants: readonly Mutant[] = [
  defineMutant({
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
  }),
  defineMutant({
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
  }),
  defineMutant({
    name: "sender-id-trusted",
    breaks: ["LOGIN-17"],
    companions: [{ rule: "CONN-14", reason: "a body that is cut off names no sender, and the message is answered" }],
    title: "sends messages in the name of whoever the body names",
    story: "The sender is a field of the message, so it seemed needless to look it up.",
    apply(seams) {
      trustUserIds(seams, [commands.MSG_DATA]);
    },
  }),
];
