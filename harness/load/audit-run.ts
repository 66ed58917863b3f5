import type { CIMMsgInfo } from "../../codegen/index.ts";
import { auditSessions, type Conversation, HistoryAudit, type SessionExpectation } from "../check/index.ts";
import { PageSize, servedPage } from "../client/index.ts";
import { nowMicros } from "../measure/index.ts";
import { forEachConcurrently } from "./concurrency.ts";
import type { Engine } from "./engine.ts";
import { unansweredPage } from "./error-kinds.ts";
import type { VirtualUser } from "./virtual-user.ts";

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
  const size = new PageSize();
  const auditOne = async (conversation: Conversation): Promise<void> => {
    const found = isCutShort() ? undefined : await auditHistory(engine, conversation, size);
    if (!found) unaudited++;
    for (const expectation of found ?? []) {
      const user = engine.userOf(conversation, expectation.member);
      expectations.set(user, [...(expectations.get(user) ?? []), expectation]);
    }
  };
  const written = engine.checker.conversations.filter((conversation) => engine.checker.hasMessages(conversation));
  // The first one by itself finds out what pages the target serves.
  for (const first of written.slice(0, 1)) await auditOne(first);
  await forEachConcurrently(written.slice(1), CONCURRENT, auditOne);
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

async function auditHistory(
  engine: Engine,
  conversation: Conversation,
  size: PageSize,
): Promise<SessionExpectation[] | undefined> {
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
    const end: bigint = before;
    const ask = async (limit: number): Promise<CIMMsgInfo[] | undefined> => {
      const page = await reader.history(
        conversation,
        end,
        limit,
        nowMicros(),
        unansweredPage(limit, PageSize.below(limit)),
      );
      return page?.msg_list;
    };
    const page = await servedPage(size, ask, () => audit.isAnythingMissing);
    if (!page) {
      // A reader that was lost meanwhile says nothing about pages.
      if (reader.isOnline) size.giveUp();
      return undefined;
    }
    if (page.emptyAt !== undefined && page.rows.length > 0) audit.servedFewer(page.emptyAt, 0);
    before = audit.addPage(page.rows, page.limit);
  }
  return audit.finish();
}
