import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type CIMMsgInfo, CIMResCode, commands } from "../codegen/index.ts";
import { ChildServer } from "./testing/child-server.ts";
import { seededRandom } from "./testing/seeded-random.ts";
import { TestClient } from "./testing/test-client.ts";
import { temporaryFolder } from "./testing/test-server.ts";

const KILLS = 100;
const SEED = 20261124;
/** The most messages that a process acknowledges before it is killed, but for those that follow at once. */
const LONGEST_LIFE = 100;
/** Messages of one user that wait for their acknowledgement at a time. */
const WINDOW = 6;
const USERS = [1n, 2n, 3n, 4n];

interface Sent {
  from: bigint;
  to: bigint;
  id: string;
}

/** What the clients know: everything they sent, and what they were told is safe. */
class Ledger {
  readonly sent = new Map<string, Sent>();
  readonly acknowledged = new Map<string, bigint>();
  /** What history has shown, by client id. */
  readonly seen = new Map<string, bigint>();
  readonly #news = new EventEmitter();

  /** Fulfilled when so many more messages are acknowledged. */
  async acknowledges(count: number): Promise<void> {
    const until = this.acknowledged.size + count;
    while (this.acknowledged.size < until)
      await once(this.#news, "acknowledged", { signal: AbortSignal.timeout(30_000) });
  }

  acknowledge(id: string, server_msg_id: bigint): void {
    this.acknowledged.set(id, server_msg_id);
    this.#news.emit("acknowledged");
  }

  newMessage(from: bigint, to: bigint): Sent {
    const message = { from, to, id: randomUUID() };
    this.sent.set(message.id, message);
    return message;
  }

  /** Sent by this user and never acknowledged: the client sends it again, with the same id. */
  *unacknowledged(from: bigint): Generator<Sent> {
    for (const message of this.sent.values()) {
      if (message.from === from && !this.acknowledged.has(message.id)) yield message;
    }
  }
}

const peerOf = (user: bigint): bigint => (user % 2n === 1n ? user + 1n : user - 1n);

async function login(port: number, user: bigint): Promise<TestClient> {
  const client = await TestClient.connect(port);
  await client.request(commands.LOGIN_AUTH_TOKEN_REQ, { user_id: user, user_token: `token${user}` });
  return client;
}

/** Sends until the server is gone: first again what was not acknowledged, then new messages. */
async function chatter(port: number, user: bigint, ledger: Ledger): Promise<void> {
  const client = await login(port, user).catch(() => undefined);
  if (!client) return;
  const again = [...ledger.unacknowledged(user)];
  const lane = async (): Promise<void> => {
    while (!client.isClosed) {
      const { from, to, id } = again.pop() ?? ledger.newMessage(user, peerOf(user));
      const ack = await client
        .request(commands.MSG_DATA, {
          from_user_id: from,
          to_session_id: to,
          client_msg_id: id,
          msg_type: 1,
          session_type: 1,
          msg_data: new Uint8Array(Buffer.from(id)),
        })
        .catch(() => undefined);
      if (!ack) return;
      if (ack.res_code !== CIMResCode.kCIM_RES_CODE_OK) throw new Error("a message was refused");
      const earlier = ledger.acknowledged.get(id);
      if (earlier !== undefined && earlier !== ack.server_msg_id) throw new Error("a repeated message got a new id");
      ledger.acknowledge(id, ack.server_msg_id);
      client.inbox.length = 0;
    }
  };
  await Promise.all(Array.from({ length: WINDOW }, lane));
}

/** All messages of a conversation that are newer than `after`, ascending. */
async function historyAfter(client: TestClient, self: bigint, peer: bigint, after: bigint): Promise<CIMMsgInfo[]> {
  const messages: CIMMsgInfo[] = [];
  for (let end = 0n; ; ) {
    const bounds = { end_msg_id: end, limit_count: 100 };
    const request = { user_id: self, session_type: 1 as const, session_id: peer, ...bounds };
    const page: CIMMsgInfo[] = (await client.request(commands.LIST_MSG_REQ, request)).msg_list;
    messages.unshift(...page.filter(({ server_msg_id }) => server_msg_id > after));
    end = page[0]?.server_msg_id ?? 0n;
    if (page.length < 100 || end <= after + 1n) return messages;
  }
}

test(`messages acknowledged before any of ${KILLS} kills are there exactly once, and nothing else`, async () => {
  const folder = await temporaryFolder();
  const usersFile = join(folder, "users.csv");
  await writeFile(usersFile, USERS.map((user) => `${user},user${user},,token${user}\n`).join(""));
  const random = seededRandom(SEED);
  const ledger = new Ledger();
  const newest = new Map<bigint, bigint>();

  const verify = async (port: number): Promise<void> => {
    for (const user of USERS.filter((each) => each % 2n === 1n)) {
      const client = await login(port, user);
      for (const message of await historyAfter(client, user, peerOf(user), newest.get(user) ?? 0n)) {
        const { client_msg_id: id, server_msg_id, from_user_id } = message;
        expect(server_msg_id, "ids have no gap").toBe((newest.get(user) ?? 0n) + 1n);
        newest.set(user, server_msg_id);
        expect(ledger.sent.get(id)?.from, "only what was sent is shown").toBe(from_user_id);
        expect(Buffer.from(message.msg_data).toString()).toBe(id);
        expect(ledger.seen.has(id), "nothing is shown twice").toBe(false);
        ledger.seen.set(id, server_msg_id);
      }
      await client.close();
    }
    for (const [id, server_msg_id] of ledger.acknowledged) {
      if (ledger.seen.get(id) !== server_msg_id) throw new Error(`acknowledged message ${id} is lost or renumbered`);
    }
  };

  let next = new ChildServer();
  let server = next;
  onTestFinished(async () => {
    await Promise.all([server.kill(), next.kill()]);
  });
  for (let life = 0; life <= KILLS; life++) {
    server = next;
    const port = await server.serve({ store: `sqlite:${join(folder, "db")}`, usersFile, strictLog: true });
    next = new ChildServer();
    await verify(port);
    if (life === KILLS) break;
    const chats = Promise.all(USERS.map((user) => chatter(port, user, ledger)));
    await ledger.acknowledges(Math.floor(random() * LONGEST_LIFE));
    await server.kill();
    await chats;
  }
  expect(ledger.acknowledged.size).toBeGreaterThan(KILLS);
}, 900_000);
