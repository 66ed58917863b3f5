import { SessionChecks } from "./checks.ts";
import { K6Client } from "./client.ts";
import { counters } from "./metrics.ts";
import type { K6User } from "./users.ts";

/** What one iteration of k6 does: its connections and what it checked. */
export class K6Session {
  readonly checks: SessionChecks = new SessionChecks();
  readonly #url: string;
  readonly #clients: K6Client[] = [];

  private constructor(url: string) {
    this.#url = url;
  }

  /**
   * Runs one iteration: whatever happens, its connections are closed and its checks counted, and an error counts as a
   * failed iteration, which fails the run.
   */
  static async run(url: string, body: (session: K6Session) => Promise<void>): Promise<void> {
    const session = new K6Session(url);
    try {
      await body(session);
    } catch (error) {
      counters.iterations_failed.add(1);
      console.error(`cupping: ${(error as Error).message}`);
    } finally {
      for (const client of session.#clients) client.close();
      session.checks.report();
    }
  }

  /** Connects and logs in; the connection is closed at the end of the iteration if not before. */
  async login(user: K6User): Promise<K6Client> {
    const client = await K6Client.login(this.#url, user);
    this.#clients.push(client);
    return client;
  }
}
