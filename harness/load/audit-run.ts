import { auditSessions, type Conversation, HistoryAudit, type SessionExpectation } from "../check/index.ts";
import { forEachConcurrently } from "./concurrency.ts";
import type { Engine } from "./engine.ts";
import { HISTORY_PAGE, type VirtualUser } from "./virtual-user.ts";

/** Requests under way at the same time: enough to be quick, few enough not to be a load of its own. */
const CONCURRENT = 16;

/**
 * Compares what the server has stored with what it acknowledged: the history of every conversation that was written
 * to, then the session list of every member.
 * @param isCutShort asked between two conversations
 * @returns how many conversations could not be looked at
 */
export async function runAudit(engine: Engine, isCutShort: () => boolean): Promise<number> {
  let unaudited = 0;
  const expectations = new Map<VirtualUser, SessionExpectation[]>();
  await forEachConcurrently(engine.checker.conversations, CONCURRENT, async (conversation) => {
    if (!engine.checker.hasMessages(conversation)) return;
    const found = isCutShort() ? undefined : await auditHistory(engine, conversation);
    if (!found) unaudited++;
    for (const expectation of found ?? []) {
      const user = engine.userOf(conversation, expectation.member);
      expectations.set(user, [...(expectations.get(user) ?? []), expectation]);
    }
  });
  await forEachConcurrently([...expectations], CONCURRENT, async ([user, expected]) => {
    if (isCutShort() || !user.isOnline) return;
    const list = await user.sessions();
    if (!list) return;
    const sessionIdOf = ({ conversation, member }: SessionExpectation): bigint =>
      engine.sessionIdFor(conversation, member);
    auditSessions(list, expected, sessionIdOf, engine.nameOf(user.number), engine.violations);
  });
  return unaudited;
}

async function auditHistory(engine: Engine, conversation: Conversation): Promise<SessionExpectation[] | undefined> {
  const position = conversation.members.findIndex((_, member) => engine.userOf(conversation, member).isOnline);
  if (position < 0) return undefined;
  const reader = engine.userOf(conversation, position);
  const audit = new HistoryAudit({
    checker: engine.checker,
    violations: engine.violations,
    conversation,
    reader: position,
    run: engine.run,
    payload: engine.payload,
    userIdOf: (user) => engine.userIdOf(user),
  });
  for (let before: bigint | undefined = 0n; before !== undefined; ) {
    const page = await reader.history(conversation, before);
    if (!page) return undefined;
    before = audit.addPage(page.msg_list, HISTORY_PAGE);
  }
  return audit.finish();
}
