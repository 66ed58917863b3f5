import type { CIMMsgData } from "../../codegen/index.ts";
import { type SessionRef, sessionOf } from "./session-ref.ts";

/** Delivered ids that are kept one by one per conversation; beyond it the lowest are taken as one range. */
const KEPT_ONE_BY_ONE = 256;

/** Most conversations that are remembered; beyond it the one that was met first is forgotten. */
const MOST_SESSIONS = 10_000;

/** What one conversation's messages this client has had. Memory is bounded whatever the number of messages. */
interface SeenSession {
  readonly session: SessionRef;
  /** Newest `server_msg_id` when the client first looked; older ones were never its to fetch. */
  baseline: bigint;
  /** All of `baseline < id <= floor` have been delivered. */
  floor: bigint;
  readonly above: Set<bigint>;
}

/**
 * Remembers which messages were delivered, so that none is delivered twice when a broken connection is caught up
 * from history: by `server_msg_id` within the conversation, or by sender and `client_msg_id` where a server pushes
 * without an id (HIST-13).
 */
export class SeenMessages {
  readonly #sessions = new Map<string, SeenSession>();
  readonly #withoutId = new Set<string>();

  /** Notes a message; false when it had been noted before. */
  add(message: CIMMsgData, self: bigint): boolean {
    if (message.server_msg_id === 0n) return this.#addWithoutId(message);
    const session = sessionOf(message, self);
    return this.addId(session, message.server_msg_id) && !this.#withoutId.delete(nameOf(message));
  }

  /** Notes an id of a conversation; false when it had been noted before. */
  addId(session: SessionRef, id: bigint): boolean {
    const seen = this.#session(session);
    if ((id > seen.baseline && id <= seen.floor) || seen.above.has(id)) return false;
    seen.above.add(id);
    while (seen.above.delete(seen.floor + 1n)) seen.floor += 1n;
    if (seen.above.size > KEPT_ONE_BY_ONE) raiseFloor(seen);
    return true;
  }

  /** Sets where catching up starts for a conversation that was not known. */
  begin(session: SessionRef, newestId: bigint): void {
    const seen = this.#session(session);
    if (seen.floor > newestId) return;
    seen.baseline = newestId;
    seen.floor = newestId;
    while (seen.above.delete(seen.floor + 1n)) seen.floor += 1n;
  }

  /** Everything of the conversation up to this id is known. */
  floor(session: SessionRef): bigint {
    return this.#sessions.get(keyOf(session))?.floor ?? 0n;
  }

  #addWithoutId(message: CIMMsgData): boolean {
    const name = nameOf(message);
    if (this.#withoutId.has(name)) return false;
    this.#withoutId.add(name);
    if (this.#withoutId.size > KEPT_ONE_BY_ONE) {
      const [oldest] = this.#withoutId;
      this.#withoutId.delete(oldest as string);
    }
    return true;
  }

  #session(session: SessionRef): SeenSession {
    const key = keyOf(session);
    let seen = this.#sessions.get(key);
    if (!seen) {
      seen = { session, baseline: 0n, floor: 0n, above: new Set() };
      this.#sessions.set(key, seen);
      if (this.#sessions.size > MOST_SESSIONS) this.#sessions.delete(this.#sessions.keys().next().value as string);
    }
    return seen;
  }
}

function raiseFloor(seen: SeenSession): void {
  const ids = [...seen.above].filter((id) => id > seen.floor).sort((a, b) => (a < b ? -1 : 1));
  seen.floor = ids[Math.floor(ids.length / 2)] ?? seen.floor;
  for (const id of seen.above) if (id <= seen.floor) seen.above.delete(id);
}

function keyOf(session: SessionRef): string {
  return `${session.session_type}:${session.session_id}`;
}

function nameOf(message: CIMMsgData): string {
  return `${message.from_user_id}:${message.client_msg_id}`;
}
