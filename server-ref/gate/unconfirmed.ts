/** Most pushes of a connection that are remembered; of a client that never confirms, the oldest are let go earlier. */
const MOST_REMEMBERED = 1000;

/** The messages pushed over one connection that the client has not confirmed yet, oldest first. */
export class Unconfirmed {
  /** By `client_msg_id`, when it is forgotten. */
  readonly #dueAt = new Map<string, number>();

  pushed(clientMsgId: string, dueAt: number): void {
    this.#dueAt.set(clientMsgId, dueAt);
  }

  /** What was never pushed, or confirmed before, makes no difference (ACK-04). */
  confirmed(clientMsgId: string): void {
    this.#dueAt.delete(clientMsgId);
  }

  /** Forgets what was not confirmed in time (ACK-03); how many. */
  forgetOverdue(now: number): number {
    let forgotten = 0;
    for (const [clientMsgId, dueAt] of this.#dueAt) {
      if (dueAt > now && this.#dueAt.size <= MOST_REMEMBERED) break;
      this.#dueAt.delete(clientMsgId);
      forgotten++;
    }
    return forgotten;
  }
}
