import type { SessionEntry } from "../store/messages.ts";

const LARGEST_UINT32 = 0xffffffff;

/**
 * The number beside the whole list (SESS-05). Each session's own count is kept by the store, in the transaction that
 * takes the message or the read mark (UNREAD-01 to UNREAD-03, UNREAD-05, UNREAD-06).
 */
export function totalUnread(sessions: readonly SessionEntry[]): number {
  const total = sessions.reduce((sum, session) => sum + session.unread_cnt, 0);
  return Math.min(total, LARGEST_UINT32);
}
