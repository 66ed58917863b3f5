import { CIMSessionType, commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { reply } from "./wrap/effects.ts";
import { changeEffects, changeRequest, messageOf } from "./wrap/handlers.ts";
import { wrapStore } from "./wrap/store.ts";
import { isRobot } from "./wrap/users.ts";

const { kCIM_SESSION_TYPE_SINGLE: SINGLE } = CIMSessionType;

/** Mutants of section FRIEND: user list. */
export const friendMutants: readonly Mutant[] = [
  defineMutant({
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
  }),
  defineMutant({
    name: "wrong-nicknames",
    breaks: ["FRIEND-02"],
    companions: [{ rule: "FRIEND-01", reason: "each user comes with a nickname" }],
    title: "gives the nickname of the user above",
    story: "Ids and nicknames are two lists that are one row apart.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        newestUsers: async (except, limit) => {
          const users = await store.newestUsers(except, limit);
          return users.map((user, place) => ({
            ...user,
            nick_name: users[place - 1]?.nick_name ?? users.at(-1)?.nick_name ?? "",
          }));
        },
      }));
    },
  }),
  defineMutant({
    name: "strangers-may-not-write",
    breaks: ["FRIEND-03"],
    companions: [
      { rule: "CONN-18", reason: "the users of the case are strangers who write to each other" },
      { rule: "CONN-20", reason: "the users of the case are strangers who write to each other" },
      { rule: "LOGIN-11", reason: "the users of the case are strangers who write to each other" },
      { rule: "MSG-01", reason: "the users of the case are strangers who write to each other" },
      { rule: "MSG-04", reason: "the users of the case are strangers who write to each other" },
      { rule: "MSG-05", reason: "the users of the case are strangers who write to each other" },
      { rule: "MSG-07", reason: "the users of the case are strangers who write to each other" },
      { rule: "MSG-08", reason: "the users of the case are strangers who write to each other" },
      { rule: "MSG-15", reason: "the users of the case are strangers who write to each other" },
      { rule: "MSG-16", reason: "the users of the case are strangers who write to each other" },
      { rule: "MSG-17", reason: "the users of the case are strangers who write to each other" },
      { rule: "MSG-18", reason: "the users of the case are strangers who write to each other" },
      { rule: "MSG-19", reason: "the users of the case are strangers who write to each other" },
      { rule: "MSG-20", reason: "the users of the case are strangers who write to each other" },
      { rule: "PUSH-02", reason: "the users of the case are strangers who write to each other" },
      { rule: "HIST-05", reason: "the users of the case are strangers who write to each other" },
      { rule: "HIST-06", reason: "the users of the case are strangers who write to each other" },
    ],
    title: "refuses messages between users who have not looked each other up",
    story: "Friendship was expected to come, and a table for it was made already.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ session_type, to_session_id, msg_type }) => ({
        msg_type: session_type === SINGLE && !isRobot(to_session_id) ? 0 : msg_type,
      }));
    },
  }),
];
