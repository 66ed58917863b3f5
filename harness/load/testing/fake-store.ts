import {
  type CIMContactSessionInfo,
  type CIMMsgData,
  type CIMMsgInfo,
  CIMSessionType,
} from "../../../codegen/index.ts";

interface StoredConversation {
  nextId: bigint;
  messages: CIMMsgData[];
}

/** What the fake server remembers: just enough to answer for history and session lists. */
export class FakeStore {
  readonly #conversations = new Map<string, StoredConversation>();
  /** Unread counts by user and session. */
  readonly #unread = new Map<string, number>();
  readonly #groups = new Map<bigint, bigint[]>();
  /** Stored messages by sender and `client_msg_id`. */
  readonly #byClientMsgId = new Map<string, CIMMsgData>();

  createGroup(members: bigint[]): bigint {
    const id = BigInt(this.#groups.size + 1);
    this.#groups.set(id, members);
    return id;
  }

  /** Who gets a message beside its sender. */
  receivers(message: CIMMsgData): bigint[] {
    if (message.session_type === CIMSessionType.kCIM_SESSION_TYPE_SINGLE) return [message.to_session_id];
    return (this.#groups.get(message.to_session_id) ?? []).filter((member) => member !== message.from_user_id);
  }

  /** Numbers a message. @param isForgotten it is not kept; @param unreadBy what it adds to the receivers' counts */
  add(message: CIMMsgData, isForgotten: boolean, unreadBy: number): CIMMsgData {
    const conversation = this.#conversation(message.from_user_id, message.to_session_id, message.session_type);
    const stored = { ...message, server_msg_id: conversation.nextId++, msg_data: new Uint8Array(message.msg_data) };
    if (!isForgotten) conversation.messages.push(stored);
    this.#byClientMsgId.set(clientKey(message), stored);
    if (message.session_type === CIMSessionType.kCIM_SESSION_TYPE_GROUP) {
      this.read(message.from_user_id, message.to_session_id, message.session_type);
    }
    this.count(message, unreadBy);
    return stored;
  }

  /** The message that the sender has sent under this `client_msg_id` before. */
  find(message: CIMMsgData): CIMMsgData | undefined {
    return this.#byClientMsgId.get(clientKey(message));
  }

  /** Adds to the receivers' unread counts. */
  count(message: CIMMsgData, unreadBy: number): void {
    const isGroup = message.session_type === CIMSessionType.kCIM_SESSION_TYPE_GROUP;
    for (const receiver of this.receivers(message)) {
      const key = unreadKey(receiver, isGroup ? message.to_session_id : message.from_user_id, message.session_type);
      this.#unread.set(key, (this.#unread.get(key) ?? 0) + unreadBy);
    }
  }

  read(user: bigint, session: bigint, type: number): void {
    this.#unread.set(unreadKey(user, session, type), 0);
  }

  history(user: bigint, session: bigint, type: number, before: bigint, limit: number): CIMMsgInfo[] {
    const { messages } = this.#conversation(user, session, type);
    const older = before === 0n ? messages : messages.filter((message) => message.server_msg_id < before);
    return older.slice(-limit).map((message) => ({
      client_msg_id: message.client_msg_id,
      server_msg_id: message.server_msg_id,
      msg_res_code: 1,
      msg_feature: 0,
      session_type: message.session_type,
      from_user_id: message.from_user_id,
      to_session_id: session,
      create_time: message.create_time,
      msg_type: message.msg_type,
      msg_status: 0,
      msg_data: message.msg_data,
      attach: "",
      sender_client_type: 0,
    }));
  }

  /** The sessions of a user that have messages. */
  sessions(user: bigint): CIMContactSessionInfo[] {
    const sessions: CIMContactSessionInfo[] = [];
    for (const { messages } of this.#conversations.values()) {
      const newest = messages.at(-1);
      if (!newest) continue;
      const isGroup = newest.session_type === CIMSessionType.kCIM_SESSION_TYPE_GROUP;
      const isMember = isGroup
        ? this.#groups.get(newest.to_session_id)?.includes(user)
        : newest.from_user_id === user || newest.to_session_id === user;
      if (!isMember) continue;
      const peer = newest.from_user_id === user ? newest.to_session_id : newest.from_user_id;
      const session_id = isGroup ? newest.to_session_id : peer;
      sessions.push({
        session_id,
        session_type: newest.session_type,
        session_status: 1,
        unread_cnt: this.#unread.get(unreadKey(user, session_id, newest.session_type)) ?? 0,
        updated_time: newest.create_time,
        msg_id: newest.client_msg_id,
        server_msg_id: newest.server_msg_id,
        msg_time_stamp: newest.create_time,
        msg_data: newest.msg_data,
        msg_type: newest.msg_type,
        msg_from_user_id: newest.from_user_id,
        msg_status: 0,
        msg_attach: "",
        extend_data: "",
        is_robot_session: false,
      });
    }
    return sessions;
  }

  #conversation(user: bigint, session: bigint, type: number): StoredConversation {
    const pair = user < session ? `${user}/${session}` : `${session}/${user}`;
    const key = type === CIMSessionType.kCIM_SESSION_TYPE_GROUP ? `group ${session}` : pair;
    let conversation = this.#conversations.get(key);
    if (!conversation) {
      conversation = { nextId: 1n, messages: [] };
      this.#conversations.set(key, conversation);
    }
    return conversation;
  }
}

function unreadKey(user: bigint, session: bigint, type: number): string {
  return `${user}/${session}/${type}`;
}

function clientKey(message: CIMMsgData): string {
  return `${message.from_user_id}/${message.client_msg_id}`;
}
