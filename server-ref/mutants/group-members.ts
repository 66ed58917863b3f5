import { CIMErrorCode, CIMSessionType, commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { close, reply } from "./wrap/effects.ts";
import { changeEffects } from "./wrap/handlers.ts";
import { changeAnswers, replacePackets } from "./wrap/packets.ts";
import { wrapStore } from "./wrap/store.ts";

const { kCIM_ERR_SUCCESS: SUCCESS } = CIMErrorCode;
const { kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;

/** Mutants of section GROUP: who is in a group, and who may change it. */
export const groupMemberMutants: readonly Mutant[] = [
  defineMutant({
    name: "anyone-may-invite",
    breaks: ["GROUP-21"],
    title: "lets users invite to groups that they are no members of",
    story: 'That anybody may be invited was read as "anybody may invite".',
    apply(seams) {
      wrapStore(seams, (store) => ({
        addMembers: async (act) => {
          const [group] = await store.groups([act.group_id]);
          return await store.addMembers(group ? { ...act, by: group.group_owner_id } : act);
        },
      }));
    },
  }),
  defineMutant({
    name: "member-again-is-an-error",
    breaks: ["GROUP-22"],
    title: "refuses an invitation of somebody who is a member already",
    story: "The insert meets the unique key, and errors are refusals.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        addMembers: async (act) => {
          const members = (await store.members(act.group_id)) ?? [];
          return act.members.some((member) => members.includes(member))
            ? { outcome: "refused", reason: "not-a-member" }
            : await store.addMembers(act);
        },
      }));
    },
  }),
  defineMutant({
    name: "invitation-to-nothing-succeeds",
    breaks: ["GROUP-23"],
    companions: [
      { rule: "GROUP-12", reason: "a disbanded group does not exist" },
      { rule: "GROUP-09", reason: "an invitation beyond the limit is refused by the same answer" },
      { rule: "GROUP-21", reason: "an invitation by a stranger is refused by the same answer" },
    ],
    title: "answers an invitation to a group that does not exist with success",
    story: "The error is logged and the answer sent all the same, as upstream does it.",
    apply(seams) {
      changeAnswers(seams, commands.GROUP_INVITE_MEMBER_RSP, () => ({ result_code: SUCCESS }));
    },
  }),
  defineMutant({
    name: "invited-not-told",
    breaks: ["GROUP-24"],
    title: "does not push the notification of an invitation to those invited",
    story: "The list of members is read before the new ones are added.",
    apply(seams) {
      changeEffects(seams, commands.GROUP_INVITE_MEMBER_REQ, (effects, { message }) =>
        effects.map((effect) =>
          effect.kind === "push" && effect.command.id === commands.MSG_DATA.id
            ? { ...effect, users: effect.users.filter((user) => !message.member_id_list.includes(user)) }
            : effect,
        ),
      );
    },
  }),
  defineMutant({
    name: "empty-invitation-closes",
    breaks: ["GROUP-25"],
    title: "closes the connection on an invitation of nobody",
    story: "An empty list fails an assertion.",
    apply(seams) {
      changeEffects(seams, commands.GROUP_INVITE_MEMBER_REQ, (effects, { message }) =>
        message.member_id_list.length === 0 ? [close] : effects,
      );
    },
  }),
  defineMutant({
    name: "any-member-may-kick",
    breaks: ["GROUP-26"],
    companions: [{ rule: "GROUP-27", reason: "the owner is kicked by a member" }],
    title: "lets any member remove others",
    story: "The check asks whether the user belongs to the group.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        removeMembers: async (act) => {
          const [group] = await store.groups([act.group_id]);
          return await store.removeMembers(group ? { ...act, by: group.group_owner_id } : act);
        },
      }));
    },
  }),
  defineMutant({
    name: "kick-answered-as-invite",
    breaks: ["GROUP-26"],
    title: "answers a kick under the command of the invitation's answer",
    story: "The handler was copied from the invitation, as upstream's was.",
    apply(seams) {
      replacePackets(seams, (packet) =>
        packet.isReply && packet.command.id === commands.GROUP_KICK_OUT_MEMBER_RSP.id
          ? [{ ...packet, command: { ...packet.command, id: commands.GROUP_INVITE_MEMBER_RSP.id } }]
          : [packet],
      );
    },
  }),
  defineMutant({
    name: "owner-may-be-kicked",
    breaks: ["GROUP-27"],
    title: "removes the owner from the group when the owner is named in a kick",
    story: "The list of a kick is deleted from the members as it is.",
    apply(seams) {
      const kicked = new Set<bigint>();
      wrapStore(seams, (store) => ({
        removeMembers: (act) => {
          if (act.members.includes(act.by)) kicked.add(act.group_id);
          return store.removeMembers(act);
        },
        members: async (groupId) => {
          const [group] = await store.groups([groupId]);
          const members = await store.members(groupId);
          return kicked.has(groupId) ? members?.filter((member) => member !== group?.group_owner_id) : members;
        },
        append: async (message) => {
          const [group] =
            message.session_type === GROUP && kicked.has(message.to_session_id)
              ? await store.groups([message.to_session_id])
              : [];
          return group?.group_owner_id === message.from_user_id
            ? { outcome: "refused", reason: "not-a-member" }
            : await store.append(message);
        },
      }));
    },
  }),
  defineMutant({
    name: "kicked-not-told",
    breaks: ["GROUP-28"],
    title: "does not push the notification of a kick to those removed",
    story: "The list of members is read after the removal.",
    apply(seams) {
      changeEffects(seams, commands.GROUP_KICK_OUT_MEMBER_REQ, (effects, { message }) =>
        effects.map((effect) =>
          effect.kind === "push"
            ? { ...effect, users: effect.users.filter((user) => !message.member_id_list.includes(user)) }
            : effect,
        ),
      );
    },
  }),
  defineMutant({
    name: "empty-kick-closes",
    breaks: ["GROUP-29"],
    title: "closes the connection on a kick of nobody",
    story: "An empty list fails an assertion.",
    apply(seams) {
      changeEffects(seams, commands.GROUP_KICK_OUT_MEMBER_REQ, (effects, { message }) =>
        message.member_id_list.length === 0 ? [close] : effects,
      );
    },
  }),
  defineMutant({
    name: "members-shown-to-strangers",
    breaks: ["GROUP-30"],
    title: "shows a group's members to everybody",
    story: "The group's id is all that the query needs.",
    apply(seams) {
      changeEffects(seams, commands.GROUP_LIST_MEMBER_REQ, async (effects, { self, message }, context) => {
        const member_id_list = (await context.store.members(message.group_id)) ?? [];
        return effects.map((effect) =>
          effect.kind === "reply"
            ? reply(commands.GROUP_LIST_MEMBER_RSP, { user_id: self, group_id: message.group_id, member_id_list })
            : effect,
        );
      });
    },
  }),
  defineMutant({
    name: "strangers-may-send",
    breaks: ["GROUP-32"],
    companions: [
      { rule: "GROUP-16", reason: "former members are strangers" },
      { rule: "SESS-13", reason: "what former members send is refused" },
      { rule: "MSG-20", reason: "the message of a stranger is one of those that are refused" },
      { rule: "MSG-13", reason: "the message of a stranger is one of those that are refused" },
    ],
    title: "takes messages to a group from users who are no members",
    story: "The check for membership was meant to be made by the client.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const outcome = await store.append(message);
          if (outcome.outcome !== "refused" || message.session_type !== GROUP) return outcome;
          const [group] = await store.groups([message.to_session_id]);
          return group ? await store.append({ ...message, from_user_id: group.group_owner_id }) : outcome;
        },
      }));
    },
  }),
];
