import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe } from "vitest";
import { CimClient, type ClientOptions, passwordDigest } from "../../harness/client/index.ts";
import type { ServerOptions } from "../../server-ref/index.ts";
import {
  missingDatabases,
  type RunningDatabase,
  startPostgres,
  startRedis,
} from "../../server-ref/testing/databases.ts";
import { LocalServer } from "../../server-ref/testing/local-server.ts";

/** An account that was registered for a test. */
export interface Account {
  user_id: bigint;
  user_name: string;
  nick_name: string;
  password: string;
}

/** A server of a test's own, with what it takes to talk to it by the client library. */
export class Fixture extends LocalServer {
  readonly #clients = new Set<CimClient>();

  static override async start(options?: ServerOptions): Promise<Fixture> {
    const fixture = new Fixture(options);
    await fixture.start();
    return fixture;
  }

  /** Ends clients and server; what was stored stays. */
  override async stop(stillMs?: number): Promise<void> {
    for (const client of this.#clients) client.close();
    this.#clients.clear();
    await super.stop(stillMs);
  }

  /** Registers an account with a fresh name. */
  async newAccount(nick_name = "Nick"): Promise<Account> {
    const user_name = randomUUID().slice(0, 16);
    const password = randomUUID();
    await this.register({ userName: user_name, userNickName: nick_name, userPwd: passwordDigest(password) });
    const client = await CimClient.connect(this.tcp);
    const { user } = await client.login({ user_name, password });
    client.close();
    return { user_id: user.user_id, user_name, nick_name, password };
  }

  /** A connection on which the account is logged in; closed when the server stops. */
  async connect({ user_name, password }: Account, options: ClientOptions = {}): Promise<CimClient> {
    const client = await CimClient.connect(this.tcp, { label: user_name, ...options });
    this.#clients.add(client);
    await client.login({ user_name, password });
    return client;
  }

  /** A fresh account and a connection of it. */
  async newClient(nick_name?: string): Promise<CimClient> {
    return this.connect(await this.newAccount(nick_name));
  }

  /** Several of them. */
  async newClients(count: number): Promise<CimClient[]> {
    return Promise.all(Array.from({ length: count }, (_, index) => this.newClient(`Nick ${index}`)));
  }
}

/** Runs the same tests against a server on each embedded store, and on PostgreSQL with Redis where they are installed. */
export function onEachStore(title: string, options: ServerOptions, tests: (fixture: Fixture) => void): void {
  describe.each(["memory:", "sqlite:"])(`${title} on %s`, (store) => {
    const fixture = new Fixture({ ...options, store });
    beforeAll(() => fixture.start());
    afterAll(() => fixture[Symbol.asyncDispose]());
    tests(fixture);
  });

  describe.skipIf(missingDatabases())(`${title} on PostgreSQL and Redis`, () => {
    const shared: ServerOptions = { ...options };
    const fixture = new Fixture(shared);
    let databases: RunningDatabase[] = [];
    beforeAll(async () => {
      const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
      databases = [postgres, redis];
      Object.assign(shared, { store: postgres.address, bus: redis.address });
      await fixture.start();
    });
    afterAll(async () => {
      await fixture[Symbol.asyncDispose]();
      await Promise.all(databases.map((database) => database.stop()));
    });
    tests(fixture);
  });
}

/**
 * Waits until everything that the server has sent to this client so far has come: answers and pushes of a connection
 * keep their order.
 */
export async function settle(...clients: CimClient[]): Promise<void> {
  await Promise.all(clients.map((client) => client.heartbeat()));
}
