import { randomUUID } from "node:crypto";
import { CIMErrorCode, type CIMGroupCreateReq, CIMGroupMemberChangedType, commands } from "../../codegen/index.ts";
import { mark } from "../marks.ts";
import type { GroupAct, GroupChange, Refused } from "../store/groups.ts";
import type { LogicContext } from "./context.ts";
import { type Effect, reply } from "./effect.ts";
import { groupInfo, groupQueries } from "./group-queries.ts";
import { handler, type Request, type Section } from "./handler.ts";
import { attachment, pushMemberChanged, pushNotification } from "./notification.ts";

/** Members of a normal group, its owner included (GROUP-09). */
const MEMBER_LIMIT = 200;

/** Characters of a group name (GROUP-06). */
const LONGEST_NAME = 128;

/** Members besides the creator whose nicknames make up the name of a group that got none (GROUP-05). */
const NAMING_MEMBERS = 3;

const { kCIM_GROUP_MEMBER_CHANGED_TYPE_ADD: ADDED, kCIM_GROUP_MEMBER_CHANGED_TYPE_DEL: REMOVED } =
  CIMGroupMemberChangedType;
const SUCCESS = CIMErrorCode.kCIM_ERR_SUCCESS;
const REFUSED = CIMErrorCode.kCIM_ERR_INTERNAL_ERROR;

/**
 * The users of a list, each once; 0 names nobody (GROUP-03). Stops behind the first that makes a group too large: the
 * rest of a list of millions is not worth a look.
 */
function distinct(members: readonly bigint[]): bigint[] {
  const users = new Set<bigint>();
  for (const id of members) {
    if (id !== 0n) users.add(id);
    if (users.size > MEMBER_LIMIT) break;
  }
  return [...users];
}

function act(self: bigint, group_id: bigint, context: LogicContext): GroupAct {
  return { group_id, by: self, client_msg_id: randomUUID(), now: context.nowSeconds() };
}

/** The group's name, or one made of nicknames when it got none; undefined when it is too long. */
async function nameOf(
  { message, self, nickname }: Request<CIMGroupCreateReq>,
  members: readonly bigint[],
  context: LogicContext,
): Promise<string | undefined> {
  // GROUP-06; a text of few code units need not be counted.
  const { group_name } = message;
  if (group_name !== "") {
    return group_name.length <= LONGEST_NAME || [...group_name].length <= LONGEST_NAME ? group_name : undefined;
  }
  mark("GROUP-05");
  const first = members.filter((id) => id !== self).slice(0, NAMING_MEMBERS);
  const nicknames = await context.store.nicknames([self, ...first]);
  const names = [nicknames.get(self) || nickname, ...first.map((id) => nicknames.get(id))];
  return [...names.filter(Boolean).join(",")].slice(0, LONGEST_NAME).join("");
}

async function create(request: Request<CIMGroupCreateReq>, context: LogicContext): Promise<Effect[]> {
  const { self, message } = request;
  const others = distinct(message.member_id_list).filter((id) => id !== self);
  const refused = [reply(commands.GROUP_CREATE_DEFAULT_RSP, { user_id: self, result_code: REFUSED })];
  const group_name = await nameOf(request, others, context);
  if (group_name === undefined) return refused;
  const { group_id: _, ...creation } = act(self, 0n, context);
  // GROUP-01, GROUP-04, GROUP-07: the creator is owner and member, alone or not; all get the session. GROUP-10: nobody
  // is asked whether these users exist.
  const change = await context.store.createGroup({ ...creation, group_name, members: others, limit: MEMBER_LIMIT });
  if (change.outcome === "refused") {
    mark("GROUP-09");
    return refused;
  }
  return [
    reply(commands.GROUP_CREATE_DEFAULT_RSP, {
      user_id: self,
      result_code: SUCCESS,
      group_info: groupInfo(change.group),
      member_id_list: [...others, self],
      attach_notificatino_msg: attachment(change),
    }),
    ...pushNotification(change, change.members),
  ];
}

const createGroup = handler({
  command: commands.GROUP_CREATE_DEFAULT_REQ,
  claims: (message) => message.user_id,
  handle: create,
  failed: ({ self }) => [reply(commands.GROUP_CREATE_DEFAULT_RSP, { user_id: self, result_code: REFUSED })],
});

/** The fields that the answers of disband, exit, invite and kick have in common. */
interface GroupAnswer {
  user_id: bigint;
  group_id: bigint;
  result_code: number;
  attach_notificatino_msg: Uint8Array;
}

function answer(self: bigint, group_id: bigint, change: GroupChange | Refused): GroupAnswer {
  if (change.outcome === "refused") return failure(self, group_id);
  return { user_id: self, group_id, result_code: SUCCESS, attach_notificatino_msg: attachment(change) };
}

/** Refusals say so instead of leaving the client to its timeout. */
function failure(user_id: bigint, group_id: bigint): GroupAnswer {
  return { user_id, group_id, result_code: REFUSED, attach_notificatino_msg: new Uint8Array() };
}

const disbandGroup = handler({
  command: commands.GROUP_DISBINGDING_REQ,
  claims: (message) => message.user_id,
  pipelined: true,
  async handle({ self, message: { group_id } }, context) {
    // GROUP-11, GROUP-12
    const change = await context.store.disbandGroup(act(self, group_id, context));
    const answered = reply(commands.GROUP_DISBINGDING_RSP, answer(self, group_id, change));
    if (change.outcome === "refused") return [answered];
    mark("GROUP-13");
    return [answered, ...pushNotification(change, change.members)];
  },
  failed: ({ self, message }) => [reply(commands.GROUP_DISBINGDING_RSP, failure(self, message.group_id))],
});

const leaveGroup = handler({
  command: commands.GROUP_EXIT_REQ,
  claims: (message) => message.user_id,
  pipelined: true,
  async handle({ self, message: { group_id } }, context) {
    // GROUP-14, GROUP-16; GROUP-15: the owner's exit is refused.
    const change = await context.store.leaveGroup(act(self, group_id, context));
    const answered = reply(commands.GROUP_EXIT_RSP, answer(self, group_id, change));
    if (change.outcome === "refused") return [answered];
    mark("GROUP-17");
    return [answered, ...pushNotification(change, change.members), ...pushMemberChanged(change, self, REMOVED)];
  },
  failed: ({ self, message }) => [reply(commands.GROUP_EXIT_RSP, failure(self, message.group_id))],
});

const inviteMembers = handler({
  command: commands.GROUP_INVITE_MEMBER_REQ,
  claims: (message) => message.user_id,
  pipelined: true,
  async handle({ self, message: { group_id, member_id_list } }, context) {
    const members = distinct(member_id_list);
    if (members.length === 0) {
      mark("GROUP-25");
      return [];
    }
    // GROUP-09, GROUP-21 to GROUP-23; SESS-09: being a member is having the session.
    const change = await context.store.addMembers({ ...act(self, group_id, context), members, limit: MEMBER_LIMIT });
    const answered = reply(commands.GROUP_INVITE_MEMBER_RSP, answer(self, group_id, change));
    if (change.outcome === "refused") return [answered];
    mark("GROUP-24");
    return [answered, ...pushNotification(change, change.members), ...pushMemberChanged(change, self, ADDED)];
  },
  failed: ({ self, message }) => [reply(commands.GROUP_INVITE_MEMBER_RSP, failure(self, message.group_id))],
});

const kickMembers = handler({
  command: commands.GROUP_KICK_OUT_MEMBER_REQ,
  claims: (message) => message.user_id,
  pipelined: true,
  async handle({ self, message: { group_id, member_id_list } }, context) {
    if (member_id_list.length === 0) {
      mark("GROUP-29");
      return [];
    }
    // GROUP-26: the answer has a command of its own, which upstream confuses with the invitation's. GROUP-16, GROUP-27
    const change = await context.store.removeMembers({ ...act(self, group_id, context), members: member_id_list });
    const answered = reply(commands.GROUP_KICK_OUT_MEMBER_RSP, answer(self, group_id, change));
    if (change.outcome === "refused") return [answered];
    mark("GROUP-28");
    const told = [...change.members, ...change.changed];
    return [answered, ...pushNotification(change, told), ...pushMemberChanged(change, self, REMOVED)];
  },
  failed: ({ self, message }) => [reply(commands.GROUP_KICK_OUT_MEMBER_RSP, failure(self, message.group_id))],
});

export const section: Section = {
  handlers: [createGroup, disbandGroup, leaveGroup, inviteMembers, kickMembers, ...groupQueries],
};
