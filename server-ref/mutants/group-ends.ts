import { CIMErrorCode, CIMSessionType, commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { reply } from "./wrap/effects.ts";
import { changeEffects, messageOf } from "./wrap/handlers.ts";
import { changeAnswers } from "./wrap/packets.ts";
import { type Group, wrapStore } from "./wrap/store.ts";

const { kCIM_ERR_INTERNAL_ERROR: INTERNAL_ERROR, kCIM_ERR_SUCCESS: SUCCESS } = CIMErrorCode;
const { kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;

/** Mutants of section GROUP: leaving, disbanding and looking groups up. */
export const groupEndMutants: readonly Mutant[] = [
  defineMutant({
    name: "any-member-may-disband",
    breaks: ["GROUP-11"],
    title: "lets any member disband a group",
    story: "The check asks whether the user belongs to the group.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        disbandGroup: async (act) => {
          const members = (await store.members(act.group_id)) ?? [];
          const [group] = await store.groups([act.group_id]);
          return await store.disbandGroup(
            group && members.includes(act.by) ? { ...act, by: group.group_owner_id } : act,
          );
        },
      }));
    },
  }),
  defineMutant({
    name: "disbanded-group-still-shown",
    breaks: ["GROUP-12"],
    companions: [{ rule: "GROUP-19", reason: "disbanded groups are not left out of the information" }],
    title: "goes on showing a group's information after it was disbanded",
    story: "Disbanding sets a flag, and the query for the information does not look at it.",
    apply(seams) {
      const known = new Map<bigint, Group>();
      wrapStore(seams, (store) => ({
        groups: async (ids) => {
          for (const group of await store.groups(ids)) known.set(group.group_id, group);
          return ids.flatMap((id) => known.get(id) ?? []);
        },
        createGroup: async (act) => {
          const change = await store.createGroup(act);
          if (change.outcome === "done") known.set(change.group.group_id, change.group);
          return change;
        },
      }));
    },
  }),
  defineMutant({
    name: "disbanding-not-announced",
    breaks: ["GROUP-13"],
    title: "tells nobody that a group was disbanded",
    story: "There are no members any more to whom the notification could go.",
    apply(seams) {
      changeEffects(seams, commands.GROUP_DISBINGDING_REQ, (effects) => effects.filter(({ kind }) => kind !== "push"));
    },
  }),
  defineMutant({
    name: "stranger-may-exit",
    breaks: ["GROUP-14"],
    companions: [{ rule: "GROUP-15", reason: "the owner may exit, too" }],
    title: "answers the exit of somebody who is no member with success",
    story: "Removing nothing is no error to the database.",
    apply(seams) {
      changeAnswers(seams, commands.GROUP_EXIT_RSP, () => ({ result_code: SUCCESS }));
    },
  }),
  defineMutant({
    name: "owner-exit-leaves-group-ownerless",
    breaks: ["GROUP-15"],
    companions: [{ rule: "GROUP-14", reason: "the exit that must be refused is one of the owner's" }],
    title: "answers the owner's exit with success and keeps the owner",
    story: "The owner's row is protected in the database, and nobody looks whether a row was removed.",
    apply(seams) {
      changeEffects(seams, commands.GROUP_EXIT_REQ, async (effects, { self, message }, context) => {
        const [group] = await context.store.groups([message.group_id]);
        return group?.group_owner_id === self
          ? [reply(commands.GROUP_EXIT_RSP, { user_id: self, group_id: message.group_id, result_code: SUCCESS })]
          : effects;
      });
    },
  }),
  defineMutant({
    name: "former-member-may-send",
    breaks: ["GROUP-16"],
    companions: [
      { rule: "GROUP-32", reason: "former members are not members" },
      { rule: "SESS-13", reason: "what former members send is refused" },
      { rule: "MSG-13", reason: "the message of a former member is one of those that are refused" },
      { rule: "MSG-20", reason: "the message of a former member is one of those that are refused" },
    ],
    title: "lets members who have left go on sending to the group",
    story: "The sender's membership is cached when it is first asked for.",
    apply(seams) {
      const wasMember = new Set<string>();
      wrapStore(seams, (store) => ({
        leaveGroup: (act) => {
          wasMember.add(`${act.by} ${act.group_id}`);
          return store.leaveGroup(act);
        },
        append: async (message) => {
          const outcome = await store.append(message);
          if (outcome.outcome !== "refused" || !wasMember.has(`${message.from_user_id} ${message.to_session_id}`))
            return outcome;
          const [group] = await store.groups([message.to_session_id]);
          return group ? await store.append({ ...message, from_user_id: group.group_owner_id }) : outcome;
        },
      }));
    },
  }),
  defineMutant({
    name: "former-members-get-messages",
    breaks: ["GROUP-16"],
    companions: [{ rule: "PUSH-03", reason: "former members are not members" }],
    title: "goes on pushing group messages to members who have left",
    story: "The list of members is cached when the group is made.",
    apply(seams) {
      const members = new Map<bigint, readonly bigint[]>();
      wrapStore(seams, (store) => ({
        createGroup: async (act) => {
          const change = await store.createGroup(act);
          if (change.outcome === "done") members.set(change.group.group_id, change.members);
          return change;
        },
        append: async (message) => {
          const outcome = await store.append(message);
          const cached = message.session_type === GROUP ? (members.get(message.to_session_id) ?? []) : [];
          return outcome.outcome === "stored"
            ? { ...outcome, recipients: [...new Set([...outcome.recipients, ...cached])] }
            : outcome;
        },
      }));
    },
  }),
  defineMutant({
    name: "leaving-not-announced",
    breaks: ["GROUP-17"],
    title: "tells nobody that a member has left",
    story: "Who leaves does so quietly, as in other messengers.",
    apply(seams) {
      changeEffects(seams, commands.GROUP_EXIT_REQ, (effects) =>
        effects.filter((effect) => effect.kind !== "push" || effect.command.id !== commands.MSG_DATA.id),
      );
    },
  }),
  defineMutant({
    name: "own-groups-only-listed",
    breaks: ["GROUP-18"],
    title: "lists only the groups that the user has created",
    story: "The query goes by the owner of the group.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        groupsOf: async (userId) =>
          (await store.groups(await store.groupsOf(userId)))
            .filter(({ group_owner_id }) => group_owner_id === userId)
            .map(({ group_id }) => group_id),
      }));
    },
  }),
  defineMutant({
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
            : reply(commands.GROUP_INFO_RSP, { user_id: self, result_code: INTERNAL_ERROR });
        }),
      );
    },
  }),
];
