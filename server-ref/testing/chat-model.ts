import { CIMSessionType } from "../../codegen/index.ts";

/** A message as the model keeps it; `from` 0 is a notification. */
export interface ModelMessage {
  id: string;
  from: bigint;
}

/** A conversation between two users, or a group: its messages in order, the first has server id 1. */
export interface ModelConversation {
  session_type: 1 | 2;
  /** Group id, 0 for one-to-one. */
  group_id: bigint;
  messages: ModelMessage[];
  /** Current members with the newest id before they joined. */
  members: Map<bigint, number>;
  /** Up to which id each has read. */
  read: Map<bigint, number>;
}

/** What one user should see of a conversation. */
export interface ModelView {
  session_type: 1 | 2;
  session_id: bigint;
  unread: number;
  newest: string;
  /** Server id and client id of each visible message, ascending. */
  history: [bigint, string][];
}

/** The rules of history, sessions and unread counts in their simplest form: lists and marks. */
export class ChatModel {
  readonly #pairs = new Map<string, ModelConversation>();
  readonly groups: ModelConversation[] = [];

  pair(a: bigint, b: bigint): ModelConversation {
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    let conversation = this.#pairs.get(key);
    if (!conversation) {
      const members = new Map([a, b].map((user) => [user, 0]));
      conversation = { session_type: 1, group_id: 0n, messages: [], members, read: new Map() };
      this.#pairs.set(key, conversation);
    }
    return conversation;
  }

  addGroup(group_id: bigint, members: readonly bigint[]): ModelConversation {
    const group: ModelConversation = { session_type: 2, group_id, messages: [], members: new Map(), read: new Map() };
    this.groups.push(group);
    this.changeMembers(group, members, []);
    return group;
  }

  /** A change of members and its notification, which is unread for all but those who were added (UNREAD-03). */
  changeMembers(group: ModelConversation, added: readonly bigint[], removed: readonly bigint[]): void {
    for (const user of added) group.members.set(user, group.messages.length);
    for (const user of removed) group.members.delete(user);
    group.messages.push({ id: "notification", from: 0n });
    for (const user of added) group.read.set(user, group.messages.length);
  }

  /** A message that got this server id. */
  append(conversation: ModelConversation, serverId: bigint, message: ModelMessage): void {
    if (Number(serverId) !== conversation.messages.length + 1) {
      throw new Error(`message ${message.id} got id ${serverId}; expected ${conversation.messages.length + 1}`);
    }
    conversation.messages.push(message);
    if (conversation.session_type === CIMSessionType.kCIM_SESSION_TYPE_GROUP)
      this.read(conversation, message.from, Number(serverId));
  }

  read(conversation: ModelConversation, user: bigint, upTo: number): void {
    const mark = upTo === 0 ? conversation.messages.length : upTo;
    conversation.read.set(user, Math.max(conversation.read.get(user) ?? 0, mark));
  }

  /** All that a user should see. */
  views(user: bigint): ModelView[] {
    return [...this.#pairs.values(), ...this.groups].flatMap((conversation) => view(conversation, user) ?? []);
  }
}

function view(
  { session_type, group_id, messages, members, read }: ModelConversation,
  user: bigint,
): ModelView | undefined {
  const joinedAfter = members.get(user);
  if (joinedAfter === undefined || messages.length === joinedAfter) return undefined;
  const peer = [...members.keys()].find((each) => each !== user) ?? 0n;
  const numbered = messages.map(({ id, from }, index) => ({ serverId: index + 1, id, from }));
  const unread = numbered.filter(({ serverId, from }) => serverId > (read.get(user) ?? 0) && from !== user);
  return {
    session_type,
    session_id: session_type === 1 ? peer : group_id,
    unread: unread.length,
    newest: messages.at(-1)?.id as string,
    history: numbered
      .filter(({ serverId }) => serverId > joinedAfter)
      .map(({ serverId, id }): [bigint, string] => [BigInt(serverId), id]),
  };
}
