import type { CIMContactSessionInfo, CIMRecentContactSessionRsp } from "../../codegen/index.ts";
import { describeAnomaly } from "./anomalies.ts";
import type { Conversation } from "./conversations.ts";
import type { Violations } from "./violations.ts";

/** What the session list of a member must show of one conversation. */
export interface SessionExpectation {
  conversation: Conversation;
  /** Position among the members. */
  member: number;
  newestId: bigint;
  newestClientMsgId: string;
  unreadAtLeast: number;
  unreadAtMost: number;
}

/** The id under which a session is listed: the peer's user id, or the group's. */
export type SessionIdOf = (expectation: SessionExpectation) => bigint;

/**
 * Compares one user's session list with what history says.
 * @param expectations of all the user's conversations that have messages
 * @param name what the user is called in an example
 */
export function auditSessions(
  list: CIMRecentContactSessionRsp,
  expectations: readonly SessionExpectation[],
  sessionIdOf: SessionIdOf,
  name: string,
  violations: Violations,
): void {
  const sum = list.contact_session_list.reduce((total, session) => total + session.unread_cnt, 0);
  violations.checked("sessions");
  if (sum !== list.unread_counts) {
    violations.violated("sessions", () =>
      describeAnomaly(
        "unread drift",
        `The session list of ${name} says ${list.unread_counts} unread in all, but its entries add up to ${sum}`,
      ),
    );
  }
  for (const expectation of expectations) {
    const sessionId = sessionIdOf(expectation);
    const entry = list.contact_session_list.find(
      (session) => session.session_id === sessionId && session.session_type === expectation.conversation.kind,
    );
    auditEntry(entry, expectation, `session ${sessionId} of ${name}`, violations);
  }
}

function auditEntry(
  entry: CIMContactSessionInfo | undefined,
  expectation: SessionExpectation,
  session: string,
  violations: Violations,
): void {
  violations.checked("sessions");
  if (!entry) {
    violations.violated("sessions", () => ({ text: `The session list lacks ${session}, which has messages.` }));
    return;
  }
  if (entry.server_msg_id !== expectation.newestId || entry.msg_id !== expectation.newestClientMsgId) {
    violations.violated("sessions", () => ({
      text:
        `The newest message of ${session} is ${expectation.newestClientMsgId} (server_msg_id ${expectation.newestId}) in ` +
        `history and ${entry.msg_id} (server_msg_id ${entry.server_msg_id}) in the session list.`,
    }));
  }
  checkUnread(entry.unread_cnt, expectation.unreadAtLeast, expectation.unreadAtMost, session, violations);
}

/** Judges one unread count. The bounds differ only where messages were on their way while they were being read. */
export function checkUnread(
  count: number,
  atLeast: number,
  atMost: number,
  session: string,
  violations: Violations,
): void {
  violations.checked("unread");
  if (count >= atLeast && count <= atMost) return;
  const expected = atLeast === atMost ? `${atLeast}` : `${atLeast} to ${atMost}`;
  violations.violated("unread", () =>
    describeAnomaly("unread drift", `The unread count of ${session} is ${count}, expected ${expected}`, {
      session,
      count,
      atLeast,
      atMost: Number.isFinite(atMost) ? atMost : null,
    }),
  );
}
