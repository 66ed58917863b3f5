import { CIMErrorCode, CIMSessionType, commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { reply } from "./wrap/effects.ts";
import { changeEffects, messageOf } from "./wrap/handlers.ts";
import { changeAnswers } from "./wrap/packets.ts";
import { changeSessions, wrapStore } from "./wrap/store.ts";

const { kCIM_ERR_INTERNAL_ERROR: INTERNAL_ERROR } = CIMErrorCode;
const { kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;

/** Mutants of section GROUP: groups as they are made. */
export const groupMutants: readonly Mutant[] = [
  defineMutant({
    name: "creator-is-no-member",
    breaks: ["GROUP-01"],
    companions: [
      { rule: "LOGIN-17", reason: "the members are compared, and the creator is missing" },
      { rule: "GROUP-03", reason: "the members are compared, and the creator is missing" },
      { rule: "GROUP-09", reason: "the members are compared, and the creator is missing" },
      { rule: "GROUP-10", reason: "the members are compared, and the creator is missing" },
      { rule: "GROUP-21", reason: "the members are compared, and the creator is missing" },
      { rule: "GROUP-22", reason: "the members are compared, and the creator is missing" },
      { rule: "GROUP-25", reason: "the members are compared, and the creator is missing" },
      { rule: "GROUP-26", reason: "the members are compared, and the creator is missing" },
      { rule: "GROUP-27", reason: "the members are compared, and the creator is missing" },
      { rule: "GROUP-29", reason: "the members are compared, and the creator is missing" },
      { rule: "GROUP-14", reason: "the members that are left are compared, and the creator is missing" },

      { rule: "GROUP-02", reason: "the creator is not among the members" },
      { rule: "GROUP-04", reason: "a group of one has nobody" },
      { rule: "GROUP-18", reason: "the creator does not find the group in the list" },
      { rule: "GROUP-30", reason: "the creator is missing among the members" },
    ],
    title: "leaves the creator out of the group's members",
    story: "The members are those of the request, in which the creator is not named.",
    apply(seams) {
      const created = new Map<bigint, bigint>();
      wrapStore(seams, (store) => ({
        createGroup: async (act) => {
          const change = await store.createGroup(act);
          if (change.outcome === "done") created.set(change.group.group_id, act.by);
          return change;
        },
        members: async (groupId) => {
          const members = await store.members(groupId);
          return members?.filter((member) => member !== created.get(groupId));
        },
        groupsOf: async (userId) => (await store.groupsOf(userId)).filter((groupId) => created.get(groupId) !== userId),
      }));
    },
  }),
  defineMutant({
    name: "info-without-owner",
    breaks: ["GROUP-02"],
    title: "leaves `group_owner_id` out of the answer to a creation",
    story: "The creator knows who has made the group.",
    apply(seams) {
      changeAnswers(seams, commands.GROUP_CREATE_DEFAULT_RSP, ({ group_info }) => ({
        group_info: group_info && { ...group_info, group_owner_id: 0n },
      }));
    },
  }),
  defineMutant({
    name: "members-in-other-order",
    breaks: ["GROUP-02"],
    title: "lists the creator first among the members of a new group",
    story: "The owner is the first to be inserted, and the answer lists what was inserted.",
    apply(seams) {
      changeAnswers(seams, commands.GROUP_CREATE_DEFAULT_RSP, ({ member_id_list = [] }) => ({
        member_id_list: [...member_id_list.slice(-1), ...member_id_list.slice(0, -1)],
      }));
    },
  }),
  defineMutant({
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
  }),
  defineMutant({
    name: "group-of-one-refused",
    breaks: ["GROUP-04"],
    companions: [{ rule: "GROUP-06", reason: "the groups with long names have no other member" }],
    title: "refuses a group without other members",
    story: "A group of one was thought to be a mistake of the client.",
    apply(seams) {
      changeEffects(seams, commands.GROUP_CREATE_DEFAULT_REQ, (effects, { self, message }) =>
        message.member_id_list.length > 0
          ? effects
          : [reply(commands.GROUP_CREATE_DEFAULT_RSP, { user_id: self, result_code: INTERNAL_ERROR })],
      );
    },
  }),
  defineMutant({
    name: "nameless-group-stays-nameless",
    breaks: ["GROUP-05"],
    title: "leaves a group without a name that was created without one",
    story: "The app shows the members when there is no name.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        createGroup: (act) =>
          store.createGroup({ ...act, group_name: act.group_name.includes(",") ? "" : act.group_name }),
      }));
    },
  }),
  defineMutant({
    name: "name-limit-in-bytes",
    breaks: ["GROUP-06"],
    companions: [{ rule: "GROUP-05", reason: "the name that is made up of nicknames has letters of several bytes" }],
    title: "refuses group names of more than 32 bytes",
    story: "The limit counts characters in the contract and bytes in the language.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        createGroup: async (act) =>
          Buffer.byteLength(act.group_name) > 32
            ? { outcome: "refused", reason: "too-many-members" }
            : await store.createGroup(act),
      }));
    },
  }),
  defineMutant({
    name: "creator-without-session",
    breaks: ["GROUP-07"],
    companions: [
      { rule: "SESS-10", reason: "the group has a notification, and the creator has no session with it" },
      { rule: "GROUP-03", reason: "the creator's session with the group is missing" },
    ],
    title: "gives the creator no session until somebody writes",
    story: "The sessions are made for the members of the request.",
    apply(seams) {
      changeSessions(seams, async (sessions, userId, store) => {
        const groups = await store.groups(
          sessions.filter(({ session_type }) => session_type === GROUP).map(({ session_id }) => session_id),
        );
        const own = new Set(
          groups.filter(({ group_owner_id }) => group_owner_id === userId).map(({ group_id }) => group_id),
        );
        return sessions.filter(
          ({ session_type, session_id, newest }) =>
            session_type !== GROUP || !own.has(session_id) || newest.server_msg_id > 1n,
        );
      });
    },
  }),
  defineMutant({
    name: "creation-not-announced",
    breaks: ["GROUP-08"],
    title: "does not push the notification of a new group",
    story: "It is in the history, where members will find it when they open the group.",
    apply(seams) {
      changeEffects(seams, commands.GROUP_CREATE_DEFAULT_REQ, (effects) =>
        effects.filter(({ kind }) => kind !== "push"),
      );
    },
  }),
  defineMutant({
    name: "limit-without-the-owner",
    breaks: ["GROUP-09"],
    title: "lets a group have 200 members beside its owner",
    story: "The limit is tested against the list of the request.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        createGroup: (act) => store.createGroup({ ...act, limit: act.limit + 1 }),
        addMembers: (act) => store.addMembers({ ...act, limit: act.limit + 1 }),
      }));
    },
  }),
  defineMutant({
    name: "unknown-members-refused",
    breaks: ["GROUP-10"],
    companions: [{ rule: "GROUP-09", reason: "the largest group is made of members who have no account" }],
    title: "refuses a group with members who have no account",
    story: "A foreign key from members to users was added for tidiness.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        createGroup: async (act) => {
          const users = await Promise.all(act.members.map((member) => store.userById(member)));
          return users.every(Boolean) ? await store.createGroup(act) : { outcome: "refused", reason: "not-a-member" };
        },
      }));
    },
  }),
];
