import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { CIMResCode, commands } from "../codegen/index.ts";
import { StoreError } from "./index.ts";
import type { NewMessage } from "./store/messages.ts";
import { openSqliteStore } from "./store/sqlite/index.ts";
import type { Store } from "./store/store.ts";
import { type ChildLimits, ChildServer } from "./testing/child-server.ts";
import { seededRandom } from "./testing/seeded-random.ts";
import { TestClient } from "./testing/test-client.ts";
import { startTestServer, temporaryFolder } from "./testing/test-server.ts";

const CONVERSATION = { self: 1n, session_type: 1, session_id: 2n };

function openStore(file: string, lines: string[] = [], strictLog = false): Store {
  return openSqliteStore({ file, durability: "process", committed() {}, strictLog, log: (line) => lines.push(line) });
}

function numbered(index: number, size = 200): NewMessage {
  return {
    from_user_id: 1n,
    to_session_id: 2n,
    session_type: 1,
    client_msg_id: `message ${index}`,
    msg_type: 1,
    msg_data: new Uint8Array(size).fill(index % 251),
    create_time: 1_700_000_000,
  };
}

/** The indexes of the messages in the store, whose contents are checked. */
async function storedIndexes(store: Store): Promise<number[]> {
  const indexes: number[] = [];
  for (let end = 0n; ; ) {
    const page = (await store.history(CONVERSATION, { end_msg_id: end, limit: 100 })) ?? [];
    for (const message of page.toReversed()) {
      const index = Number(message.client_msg_id.split(" ")[1]);
      expect(message.msg_data).toEqual(numbered(index, message.msg_data.length).msg_data);
      indexes.unshift(index);
    }
    end = page[0]?.server_msg_id ?? 1n;
    if (end === 1n) return indexes;
  }
}

async function childServer(
  usersFile: string,
  file: string,
  limits?: ChildLimits,
): Promise<{ port: number; child: ChildServer }> {
  const child = new ChildServer(limits);
  onTestFinished(() => child.kill());
  await writeFile(usersFile, "1,user1,,token1\n2,user2,,token2\n");
  return { child, port: await child.serve({ store: `sqlite:${file}`, usersFile, http: 0 }) };
}

async function loginFirst(port: number): Promise<TestClient> {
  const client = await TestClient.connect(port);
  await client.request(commands.LOGIN_AUTH_TOKEN_REQ, { user_id: 1n, user_token: "token1" });
  return client;
}

test("a damaged log is recovered up to the damage or refused, and never served", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "db");
  const { child, port } = await childServer(join(folder, "users.csv"), file);
  const client = await loginFirst(port);
  for (let index = 0; index < 300; index++) await client.request(commands.MSG_DATA, numbered(index) as never);
  await child.kill();
  const log = await readFile(`${file}-wal`);
  expect(log.length).toBeGreaterThan(100_000);

  const random = seededRandom(7);
  const outcomes = { whole: 0, recovered: 0, refused: 0 };
  for (let round = 0; round < 60; round++) {
    const copy = join(folder, `copy${round}`);
    await copyFile(file, copy);
    const at = Math.floor(random() * log.length);
    const damaged = round % 2 === 0 ? Buffer.from(log.subarray(0, at)) : Buffer.from(log);
    if (round % 2 === 1) damaged[at] = (damaged[at] as number) ^ (1 << Math.floor(random() * 8));
    await writeFile(`${copy}-wal`, damaged);
    try {
      const store = openStore(copy);
      const indexes = await storedIndexes(store);
      expect(indexes).toEqual(Array.from({ length: indexes.length }, (_, index) => index));
      outcomes[indexes.length === 300 ? "whole" : "recovered"]++;
      // What was recovered can be built upon.
      const next = await store.append(numbered(indexes.length));
      expect(next).toMatchObject({ outcome: "stored", message: { server_msg_id: BigInt(indexes.length + 1) } });
      await store.close();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      outcomes.refused++;
    }
  }
  expect(outcomes.recovered).toBeGreaterThan(30);
});

/** A killed server's database with 100 messages, in files of its own. */
async function killedDatabase(): Promise<{ copy(): Promise<string>; log: Buffer }> {
  const folder = await temporaryFolder();
  const file = join(folder, "db");
  const { child, port } = await childServer(join(folder, "users.csv"), file);
  const client = await loginFirst(port);
  for (let index = 0; index < 100; index++) await client.request(commands.MSG_DATA, numbered(index) as never);
  await child.kill();
  let copies = 0;
  return {
    log: await readFile(`${file}-wal`),
    async copy() {
      const copy = join(folder, `copy${++copies}`);
      for (const ending of ["", "-wal", "-shm"]) await copyFile(`${file}${ending}`, `${copy}${ending}`);
      return copy;
    },
  };
}

const LOG_PAGE = 24 + 4096;

test("a log that was taken whole, or that nobody needs, is not told", async () => {
  const { copy } = await killedDatabase();
  const file = await copy();
  const lines: string[] = [];
  for (const messages of [100, 101]) {
    const store = openStore(file, lines, true);
    expect(await storedIndexes(store)).toHaveLength(messages);
    await store.append(numbered(messages));
    await store.close();
  }
  const other = await copy();
  // Without its index, the end of a log is believed.
  await rm(`${other}-shm`);
  await openStore(other, lines, true).close();
  expect(lines).toEqual([]);
});

test.each<[string, (file: string) => Promise<unknown>, RegExp]>([
  ["cut in half", async (file) => truncate(file, (await stat(file)).size / 2), /is damaged/],
  ["without a head", (file) => writeFile(file, Buffer.alloc(8192, 0xff)), /is damaged/],
  ["missing", (file) => rm(file), /^the database \S+ is missing, but its log \S+-wal holds \d+ pages/],
  ["empty", (file) => truncate(file), /^the database \S+ is empty, but its log \S+-wal holds \d+ pages/],
])("a database that is %s does not cost what its log holds", async (_how, damage, line) => {
  const { copy, log } = await killedDatabase();
  const [file, sound] = [await copy(), await copy()];
  await damage(file);
  for (const strict of [false, true]) expect(() => openStore(file, [], strict)).toThrow(line);
  expect((await readFile(`${file}-wal`)).equals(log)).toBe(true);
  await copyFile(sound, file);
  const store = openStore(file, [], true);
  expect(await storedIndexes(store)).toHaveLength(100);
  await store.close();
});

type Damage = (file: string, log: Buffer) => Promise<unknown>;

test.each<[string, Damage, RegExp]>([
  [
    "cut off between two pages",
    (file, log) => writeFile(`${file}-wal`, log.subarray(0, 32 + 200 * LOG_PAGE)),
    /^the log \S+-wal could not be taken whole: (19\d|200) of \d+ pages are whole, what the other \d+ held is lost$/,
  ],
  ["emptied", (file) => writeFile(`${file}-wal`, ""), /could not be taken whole: 0 of \d+ pages are whole/],
  [
    "without a head",
    (file, log) => writeFile(`${file}-wal`, Buffer.from(log).fill(0, 0, 32)),
    /could not be taken whole: 0 of \d+ pages are whole/,
  ],
  [
    "damaged in the middle, without an index",
    async (file, log) => {
      await rm(`${file}-shm`);
      await writeFile(`${file}-wal`, Buffer.from(log).fill(0xff, 32 + 99 * LOG_PAGE, 32 + 100 * LOG_PAGE));
    },
    /could not be taken whole: \d\d of \d+ pages are whole/,
  ],
  ["removed", (file) => rm(`${file}-wal`), /^the log \S+-wal, with \d+ pages, is missing although the last server /],
  [
    "removed with its index",
    (file) => Promise.all([rm(`${file}-wal`), rm(`${file}-shm`)]),
    /^the log \S+-wal is missing although the last server did not end in order: what was written last may be lost$/,
  ],
])("a log that was %s is told in one line, once, and refused where the log is strict", async (_how, damage, line) => {
  const { copy, log } = await killedDatabase();
  const file = await copy();
  await damage(file, log);
  const left = existsSync(`${file}-wal`) ? await readFile(`${file}-wal`) : undefined;
  const refused = expect.objectContaining({ name: "StoreError", code: "corrupt" });
  expect(() => openStore(file, [], true)).toThrow(refused);
  expect(existsSync(`${file}-wal`) ? await readFile(`${file}-wal`) : undefined).toEqual(left);

  const lines: string[] = [];
  const store = openStore(file, lines);
  expect(lines).toEqual([expect.stringMatching(line)]);
  expect((await storedIndexes(store)).length).toBeLessThan(100);
  await store.close();
  await openStore(file, lines, true).close();
  expect(lines).toHaveLength(1);
});

test("a damaged database file is refused when its process was killed", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "db");
  const { child, port } = await childServer(join(folder, "users.csv"), file);
  const client = await loginFirst(port);
  for (let index = 0; index < 300; index++) await client.request(commands.MSG_DATA, numbered(index) as never);
  const database = new DatabaseSync(file);
  database.exec("PRAGMA wal_checkpoint(FULL)");
  await client.request(commands.MSG_DATA, numbered(300) as never);
  await child.kill();
  database.close();
  const bytes = await readFile(file);
  bytes.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 4096);
  const copy = join(folder, "copy");
  await writeFile(copy, bytes);
  await writeFile(`${copy}-wal`, Buffer.alloc(32));
  expect(() => openStore(copy)).toThrow(expect.objectContaining({ name: "StoreError", code: "corrupt" }));
});

test.each(["db", "db-wal"])("a folder where %s should be is told in one sentence", async (name) => {
  const folder = await temporaryFolder();
  const file = join(folder, "db");
  if (name !== "db") await openStore(file).close();
  await mkdir(join(folder, name));
  const sentence = expect.stringMatching(/^cannot open the database \S+: /);
  expect(() => openStore(file)).toThrow(expect.objectContaining({ code: "unavailable", message: sentence }));
});

/** Overwrites a page of a database that nobody has open. */
async function damagePage(file: string, part: number): Promise<void> {
  const bytes = await readFile(file);
  const page = Math.floor((bytes.length / 4096) * part) * 4096;
  await writeFile(file, bytes.fill(0xff, page, page + 4096));
}

const DAMAGED = /^the database \S+ is damaged \(.+\); restore it from a backup$/;

test("a page that was damaged after an orderly end is found at the start", async () => {
  const folder = await temporaryFolder();
  for (const part of [0, 0.3, 0.5, 0.9]) {
    const file = join(folder, `db${part}`);
    const store = openStore(file);
    await Promise.all(Array.from({ length: 300 }, (_, index) => store.append(numbered(index))));
    await store.close();
    await damagePage(file, part);
    const sentence = part === 0 ? /^cannot open the database \S+: file is not a database$/ : DAMAGED;
    expect(() => openStore(file)).toThrow(expect.objectContaining({ message: expect.stringMatching(sentence) }));
  }
});

test("a page of a database too large to look through is found at the first read, and others are served", async () => {
  const file = join(await temporaryFolder(), "db");
  const store = openStore(file);
  const self = 1n;
  for (let index = 0; index < 70; index++) await store.append(numbered(index, 1024 * 1024));
  await store.append({ ...numbered(0), client_msg_id: "another", to_session_id: 3n });
  await store.close();
  await damagePage(file, 0.5);

  const again = openStore(file);
  const failure = await storedIndexes(again).catch((error: Error) => error);
  expect(failure).toMatchObject({ name: "StoreError", code: "corrupt", message: expect.stringMatching(DAMAGED) });
  expect(await again.history({ ...CONVERSATION, self, session_id: 3n }, { end_msg_id: 0n, limit: 9 })).toHaveLength(1);
  await again.close();
});

test("a full disk is an error to the sender and never a false acknowledgement", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "db");
  const { child, port } = await childServer(join(folder, "users.csv"), file, { fileKibibytes: 3072 });
  const client = await loginFirst(port);
  const acknowledged: number[] = [];
  let refused = 0;
  for (let index = 0; refused < 5; index++) {
    const ack = await client.request(commands.MSG_DATA, numbered(index, 50_000) as never);
    if (ack.res_code === CIMResCode.kCIM_RES_CODE_OK) acknowledged.push(index);
    else refused++;
    expect(index).toBeLessThan(1000);
  }
  // What is stored is still served.
  await client.settle(1n);
  // Nor does it count as a write when somebody marks a conversation as read that is not there.
  client.send(commands.MSG_READ_ACK, { user_id: 1n, session_type: 1, session_id: 999n });
  await client.settle(1n);
  const ready = await fetch(`${child.http}/readyz`);
  expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining("the store fails: ")]);
  await child.kill();

  const store = openStore(file);
  expect(await storedIndexes(store)).toEqual(acknowledged);
  await store.close();
});

test("a write that changes nothing says whether the database can be written, and many leave it as it is", async () => {
  const file = join(await temporaryFolder(), "db");
  const store = openStore(file);
  await store.append(numbered(0));
  for (let times = 0; times < 20; times++) await store.ping();
  await store.close();
  const again = openStore(file);
  expect(await storedIndexes(again)).toEqual([0]);
  await again.close();
});

test("a database and the files beside it are readable by their owner alone", async () => {
  const file = join(await temporaryFolder(), "db");
  const store = openStore(file);
  await store.append(numbered(0));
  for (const path of [file, `${file}-wal`, `${file}-shm`]) expect((await stat(path)).mode & 0o777).toBe(0o600);
  await store.close();
});

test("a locked database delays a message for a moment, and is an error to the sender when it stays locked", async () => {
  const file = join(await temporaryFolder(), "db");
  const server = await startTestServer({ store: `sqlite:${file}` });
  const { client, self } = await server.user();
  const message = (id: string) => ({
    from_user_id: self,
    to_session_id: 99n,
    client_msg_id: id,
    msg_type: 1 as const,
    session_type: 1 as const,
  });
  const other = new DatabaseSync(file);
  onTestFinished(() => other.close());

  other.exec("BEGIN IMMEDIATE");
  const delayed = client.request(commands.MSG_DATA, message("delayed"));
  setTimeout(() => other.exec("COMMIT"), 100);
  expect((await delayed).res_code).toBe(1);

  other.exec("BEGIN IMMEDIATE");
  expect((await client.request(commands.MSG_DATA, message("refused"))).res_code).toBe(0);
  other.exec("COMMIT");
  expect(await client.request(commands.MSG_DATA, message("later"))).toMatchObject({ res_code: 1, server_msg_id: 2n });
});

test("an operation that fails leaves no trace and takes no other of its turn with it", async () => {
  const store = openStore(":memory:");
  const broken = { ...numbered(1), msg_data: "not bytes" as never };
  const results = await Promise.allSettled([
    store.append(numbered(0)),
    store.append(broken),
    store.append(numbered(2)),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await storedIndexes(store)).toEqual([0, 2]);
  const [session] = await store.sessions(2n);
  expect(session).toMatchObject({ unread_cnt: 2, newest: { server_msg_id: 2n } });
  await store.close();
});

test("everything that is stored survives a restart", async () => {
  const file = join(await temporaryFolder(), "db");
  const first = await startTestServer({ store: `sqlite:${file}` });
  const alice = await first.user("Alice");
  const bob = await first.user("Bob");
  const group = await alice.client.request(commands.GROUP_CREATE_DEFAULT_REQ, {
    user_id: alice.self,
    group_name: "team",
    member_id_list: [bob.self],
  });
  const chat = { from_user_id: alice.self, client_msg_id: "1", msg_type: 1 as const };
  await alice.client.request(commands.MSG_DATA, { ...chat, to_session_id: bob.self, session_type: 1 });
  const { group_id } = group.group_info;
  await alice.client.request(commands.MSG_DATA, {
    ...chat,
    client_msg_id: "2",
    to_session_id: group_id,
    session_type: 2,
  });
  const before = await bob.client.request(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: bob.self });
  await first.server.stop();

  const second = await startTestServer({ store: `sqlite:${file}` });
  const { client, self } = await second.login(bob.name);
  expect(self).toBe(bob.self);
  const after = await client.request(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: self });
  expect(after).toEqual(before);
  const next = { ...chat, from_user_id: self, client_msg_id: "3", to_session_id: alice.self, session_type: 1 as const };
  expect((await client.request(commands.MSG_DATA, next)).server_msg_id).toBe(2n);
});
