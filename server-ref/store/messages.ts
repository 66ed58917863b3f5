import type { CIMMsgType } from "../../codegen/index.ts";

/** A conversation as one of its sides names it: `session_id` is the peer's user id or the group id. */
export interface ConversationKey {
  self: bigint;
  /** `CIMSessionType`; operations treat what is neither one-to-one nor group as a conversation that does not exist. */
  session_type: number;
  session_id: bigint;
}

/** A message before the store has taken it. */
export interface NewMessage {
  from_user_id: bigint;
  /** The receiver's user id (one-to-one) or the group id. */
  to_session_id: bigint;
  session_type: number;
  client_msg_id: string;
  msg_type: CIMMsgType;
  msg_data: Uint8Array;
  /** Unix seconds. */
  create_time: number;
}

/** A message as the store holds it. */
export interface StoredMessage extends NewMessage {
  /** Grows by one per message of a conversation, from 1 (MSG-05, MSG-06). */
  server_msg_id: bigint;
}

/** Why a store did not take a message; nothing of it is left (MSG-20). */
export type AppendRefusal = "no-such-group" | "not-a-member" | "all-muted" | "bad-session-type";

/** What became of a message. */
export type AppendOutcome =
  | {
      outcome: "stored";
      message: StoredMessage;
      /** Members of the group, sender included; for one-to-one the receiver alone. */
      recipients: bigint[];
    }
  /** The sender has sent this `client_msg_id` before: the first message, wherever it went (MSG-07). */
  | { outcome: "duplicate"; message: StoredMessage }
  | { outcome: "refused"; reason: AppendRefusal };

/** One entry of the list of recent sessions, seen by its user. */
export interface SessionEntry {
  session_type: number;
  session_id: bigint;
  unread_cnt: number;
  /** Unix seconds. */
  updated_time: number;
  is_robot_session: boolean;
  newest: StoredMessage;
}

/** Bounds of a page of history. */
export interface HistoryPage {
  /** Only messages below this id; 0 for the newest (HIST-02). */
  end_msg_id: bigint;
  limit: number;
}

/** Messages, sessions and unread counts. */
export interface MessageOperations {
  /**
   * Stores a message, gives it the conversation's next id, creates or updates the sessions of all sides and raises
   * their unread counts, or does nothing of it (MSG-05, MSG-07, MSG-18, UNREAD-01, UNREAD-02, SESS-08, GROUP-32..34).
   */
  append(message: NewMessage): Promise<AppendOutcome>;
  /** Messages of a conversation, ascending; undefined when Self may not read it (HIST-02, HIST-03, HIST-11). */
  history(conversation: ConversationKey, page: HistoryPage): Promise<StoredMessage[] | undefined>;
  /** The newest message that Self may read (MSGID-01, HIST-11). */
  newestMessage(conversation: ConversationKey): Promise<StoredMessage | undefined>;
  /** Messages of a conversation by client id, ascending by server id; unknown ones are left out (MSGID-02). */
  messagesByClientId(conversation: ConversationKey, clientMsgIds: readonly string[]): Promise<StoredMessage[]>;
  /** All sessions of a user that have a message, newest `updated_time` first (SESS-01, SESS-02). */
  sessions(userId: bigint): Promise<SessionEntry[]>;
  /**
   * Takes back what a look-up above returned, once it is shown: the memory of its contents is free at once, where the
   * garbage collector would need long pauses for it. It must not be used any more. What this store did not return, or
   * was changed by whoever got it, is left alone.
   */
  release(found: readonly (StoredMessage | SessionEntry)[]): void;
  /**
   * Self has read up to and including `upTo`, or everything when it is 0 (READ-02, READ-03). Never raises a count.
   * @returns whether Self has that conversation
   */
  markRead(conversation: ConversationKey, upTo: bigint): Promise<boolean>;
}
