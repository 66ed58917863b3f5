import {
  type CIMChannelInfo,
  CIMVoipByeReason,
  CIMVoipInviteType,
  type Command,
  commands,
} from "../../../codegen/index.ts";
import { ACTOR_FIELDS, actorField, clientCommands, fieldKinds } from "./requests.ts";
import { RINGING, SINGLE, TEXT } from "./values.ts";

/** What a request in another user's name is about. */
export interface Forgery {
  /** Who is said to ask. */
  readonly victim: bigint;
  readonly friend: bigint;
  /** Who asks. */
  readonly impostor: bigint;
  /** A group that the victim has made with the friend. */
  readonly group: bigint;
  /** Client ids of messages that the victim and the friend have sent to each other. */
  readonly messageIds: readonly string[];
  /** A client id that is free. */
  readonly freshId: string;
  /** A call of the friend that rings at the victim's, where there is one. */
  readonly channel: CIMChannelInfo | undefined;
}

/** What makes a request work for its owner, by the names of its fields. */
const VALUES: Readonly<Record<string, (at: Forgery, command: Command) => unknown>> = {
  to_session_id: ({ friend }) => friend,
  session_id: ({ friend }) => friend,
  session_type: () => SINGLE,
  client_msg_id: ({ freshId }) => freshId,
  msg_id_list: ({ messageIds }) => messageIds,
  msg_type: () => TEXT,
  msg_data: () => new TextEncoder().encode("forged"),
  limit_count: () => 10,
  group_id: ({ group }) => group,
  group_name: () => "forged",
  group_version_list: ({ group }) => [{ group_id: group }],
  // Who is to come, and who is to go.
  member_id_list: ({ friend, impostor }, { id }) => [id === commands.GROUP_INVITE_MEMBER_REQ.id ? impostor : friend],
  invite_user_list: ({ friend }) => [friend],
  invite_type: () => CIMVoipInviteType.kCIM_VOIP_INVITE_TYPE_VOICE_CALL,
  rsp_code: () => RINGING,
  channel_info: ({ channel }) => channel,
  bye_reason: () => CIMVoipByeReason.kCIM_VOIP_BYE_REASON_END,
};

/** Fields that a request does without: its owner would be served with their defaults as well. */
const NEEDLESS: ReadonlySet<string> = new Set([
  "client_type",
  "create_time",
  "end_msg_id",
  "from_nick_name",
  "latest_update_time",
  "local_call_time_len",
  "msg_id",
  "res_code",
  "server_msg_id",
]);

/** Commands that need a login and name who acts: each is asked for in another user's name. */
export const actingCommands: readonly Command[] = clientCommands().filter(
  (command) => command.needsLogin && actorField(command) !== undefined,
);

/** The fields of a command that nobody has thought of yet: a request without them might be refused for that alone. */
export function unknownFields(command: Command): string[] {
  const names = [...fieldKinds(command).keys()];
  return names.filter((name) => !(name in VALUES || NEEDLESS.has(name) || ACTOR_FIELDS.includes(name)));
}

/** A request that would be done, were it its owner's who sends it. */
export function forge(command: Command, at: Forgery): Record<string, unknown> {
  // An owner cannot leave a group without handing it over.
  const owner = command.id === commands.GROUP_EXIT_REQ.id ? at.friend : at.victim;
  const names = [...fieldKinds(command).keys()].filter((name) => name in VALUES);
  const values = names.map((name) => [name, VALUES[name]?.(at, command)] as const);
  const filled = Object.fromEntries(values.filter(([, value]) => value !== undefined));
  return { ...filled, [actorField(command) ?? "user_id"]: owner };
}

function hasField(command: Command, isOne: (name: string) => boolean): boolean {
  const bodies = [command.body, ...(command.replyBody ? [command.replyBody] : [])];
  return bodies.some((body) => Object.keys(body.create() as object).some(isOne));
}

/** Whether a command is about groups, by what it or its answer carries. */
export function isAboutGroups(command: Command): boolean {
  return hasField(command, (name) => name.startsWith("group_"));
}

/** Whether a command is about calls. */
export function isAboutCalls(command: Command): boolean {
  return hasField(command, (name) => name === "channel_info");
}

/** Whether a command is about a call that is there already. Whoever is in one cannot invite to another. */
export function needsCall(command: Command): boolean {
  return isAboutCalls(command) && !fieldKinds(command).has("invite_user_list");
}
