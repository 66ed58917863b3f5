import { CIMSessionType } from "../../../codegen/index.ts";
import type { Seams } from "../../seams.ts";
import type { GroupChange, Refused } from "../../store/groups.ts";
import type { AppendOutcome, SessionEntry, StoredMessage } from "../../store/messages.ts";
import type { Store } from "../../store/store.ts";

export type { Group } from "../../store/groups.ts";
export type { AppendOutcome, ConversationKey, SessionEntry, StoredMessage } from "../../store/messages.ts";

const { kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;

/** Replaces operations of the store. */
export function wrapStore(seams: Seams, operations: (original: Store) => Partial<Store>): void {
  const original = seams.store;
  seams.store = { ...original, ...operations(original) };
}

/** A text that names a conversation: the same for both sides. */
export function conversationName(one: Pick<StoredMessage, "from_user_id" | "to_session_id" | "session_type">): string {
  const { from_user_id, to_session_id, session_type } = one;
  if (session_type === GROUP) return `group ${to_session_id}`;
  return from_user_id < to_session_id ? `${from_user_id} ${to_session_id}` : `${to_session_id} ${from_user_id}`;
}

/** Shows every message that comes out of the store as another. */
export function showMessagesAs(seams: Seams, show: (message: StoredMessage) => StoredMessage): void {
  const change = (outcome: GroupChange | Refused): GroupChange | Refused =>
    outcome.outcome === "done" && outcome.notification
      ? { ...outcome, notification: show(outcome.notification) }
      : outcome;
  wrapStore(seams, (store) => ({
    append: async (message): Promise<AppendOutcome> => {
      const outcome = await store.append(message);
      return outcome.outcome === "refused" ? outcome : { ...outcome, message: show(outcome.message) };
    },
    history: async (conversation, page) => (await store.history(conversation, page))?.map(show),
    newestMessage: async (conversation) => {
      const newest = await store.newestMessage(conversation);
      return newest && show(newest);
    },
    messagesByClientId: async (conversation, ids) => (await store.messagesByClientId(conversation, ids)).map(show),
    sessions: async (userId) =>
      (await store.sessions(userId)).map((entry) => ({ ...entry, newest: show(entry.newest) })),
    createGroup: async (act) => change(await store.createGroup(act)),
    disbandGroup: async (act) => change(await store.disbandGroup(act)),
    leaveGroup: async (act) => change(await store.leaveGroup(act)),
    addMembers: async (act) => change(await store.addMembers(act)),
    removeMembers: async (act) => change(await store.removeMembers(act)),
  }));
}

/** Changes the session list that a user gets. */
export function changeSessions(
  seams: Seams,
  change: (sessions: SessionEntry[], userId: bigint, store: Store) => SessionEntry[] | Promise<SessionEntry[]>,
): void {
  wrapStore(seams, (store) => ({
    sessions: async (userId) => await change(await store.sessions(userId), userId, store),
  }));
}
