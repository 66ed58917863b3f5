import { type Conversation, checkUnread } from "../check/index.ts";
import type { Engine } from "./engine.ts";
import { NO_USER_FREE } from "./error-kinds.ts";
import type { OptionValues } from "./plan.ts";
import type { Random } from "./random.ts";
import type { Stage } from "./scenario.ts";
import type { VirtualUser } from "./virtual-user.ts";

/** What a {@link Stage} is made of. */
export interface StageParts extends Pick<Stage, "sleep" | "quiet"> {
  engine: Engine;
  options: OptionValues;
  startMicros: number;
  endMicros: number;
  random: Random;
  /** Resolves when the condition holds, or the run is being ended. */
  until(condition: () => boolean): Promise<void>;
}

/** What a scenario can use beside its users. */
export function createStage(parts: StageParts): Stage {
  const { engine, random } = parts;
  /** Settled when whoever holds, or last asked for, a conversation gives it back. */
  const claims = new Map<Conversation, Promise<void>>();
  const sessionIdOf = (user: VirtualUser, conversation: Conversation): bigint =>
    engine.sessionIdFor(conversation, user.positionIn(conversation));
  const unreadCount = async (user: VirtualUser, conversation: Conversation): Promise<number | undefined> => {
    const list = await user.sessions();
    const sessionId = sessionIdOf(user, conversation);
    const entry = list?.contact_session_list.find(
      (session) => session.session_id === sessionId && session.session_type === conversation.kind,
    );
    return list && (entry?.unread_cnt ?? 0);
  };
  return {
    options: parts.options,
    users: engine.users,
    startMicros: parts.startMicros,
    endMicros: parts.endMicros,
    random: () => random.next(),
    sleep: (user, millis) => parts.sleep(user, millis),
    noUserFree: (at) => engine.recorder.error(NO_USER_FREE, at),
    record: (metric, micros, at) => engine.recorder.latency(metric, micros, at),
    quiet: (millis) => parts.quiet(millis),
    partner: (user, conversation) => engine.userOf(conversation, 1 - user.positionIn(conversation)),
    async claim(conversation) {
      const before = claims.get(conversation);
      const { promise, resolve } = Promise.withResolvers<void>();
      claims.set(conversation, promise);
      await before;
      return () => {
        if (claims.get(conversation) === promise) claims.delete(conversation);
        resolve();
      };
    },
    received: (conversation) => parts.until(() => !engine.checker.hasOutstanding(conversation)),
    unreadCount,
    async checkUnread(user, conversation, expected) {
      const count = await unreadCount(user, conversation);
      // What the scenario meant to send or read before may have been left out since.
      if (count === undefined || engine.isOver) return;
      const session = `session ${sessionIdOf(user, conversation)} of ${engine.nameOf(user.number)}`;
      checkUnread(count, expected, expected, session, engine.violations);
    },
  };
}
