import { CIMErrorCode, type CIMGroupInfo, CIMGroupType, commands, type Partially } from "../../codegen/index.ts";
import { mark } from "../marks.ts";
import type { Group } from "../store/groups.ts";
import { reply } from "./effect.ts";
import { type Handler, handler } from "./handler.ts";

/** Every group has this version, as upstream's do (GROUP-18). */
const GROUP_VERSION = 1;

/** Groups that one request may ask for; what is above it is left out, like unknown ones. */
const MOST_GROUPS = 1000;

/** A group as answers show it (GROUP-02). What no command sets is at its default. */
export function groupInfo(group: Group): Partially<CIMGroupInfo> {
  return {
    group_id: group.group_id,
    group_name: group.group_name,
    group_type: CIMGroupType.kCIM_GROUP_TYPE_GROUP_NORMAL,
    // GROUP-33
    mute_model: group.mute_model as CIMGroupInfo["mute_model"],
    group_owner_id: group.group_owner_id,
    create_time: group.create_time,
    update_time: group.update_time,
  };
}

const listGroups = handler({
  command: commands.GROUP_LIST_REQ,
  claims: (message) => message.user_id,
  pipelined: true,
  async handle({ self }, context) {
    mark("GROUP-18");
    const groupIds = await context.store.groupsOf(self);
    const group_version_list = groupIds.map((group_id) => ({ group_id, group_version: GROUP_VERSION }));
    return [reply(commands.GROUP_LIST_RSP, { user_id: self, group_version_list })];
  },
});

/** Anyone may look a group up: who is invited wants to know to what. */
const showGroups = handler({
  command: commands.GROUP_INFO_REQ,
  claims: (message) => message.user_id,
  pipelined: true,
  async handle({ self, message }, context) {
    mark("GROUP-19");
    mark("GROUP-20");
    const wanted = [...new Set(message.group_version_list.map(({ group_id }) => group_id))].slice(0, MOST_GROUPS);
    const group_info_list = (await context.store.groups(wanted)).map(groupInfo);
    const result_code = CIMErrorCode.kCIM_ERR_SUCCESS;
    return [reply(commands.GROUP_INFO_RSP, { user_id: self, result_code, group_info_list })];
  },
  failed: ({ self }) => [
    reply(commands.GROUP_INFO_RSP, { user_id: self, result_code: CIMErrorCode.kCIM_ERR_INTERNAL_ERROR }),
  ],
});

const listMembers = handler({
  command: commands.GROUP_LIST_MEMBER_REQ,
  claims: (message) => message.user_id,
  pipelined: true,
  async handle({ self, message: { group_id } }, context) {
    mark("GROUP-30");
    const members = (await context.store.members(group_id)) ?? [];
    // The answer has no result code: who may not ask gets the empty list of an unknown group.
    const member_id_list = members.includes(self) ? members : [];
    return [reply(commands.GROUP_LIST_MEMBER_RSP, { user_id: self, group_id, member_id_list })];
  },
});

/** The group commands that change nothing. */
export const groupQueries: readonly Handler[] = [listGroups, showGroups, listMembers];
