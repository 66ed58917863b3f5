import { existsSync, statSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { CIMResCode, commands } from "../../../codegen/index.ts";
import { ChildServer } from "../../testing/child-server.ts";
import { seededRandom } from "../../testing/seeded-random.ts";
import { TestClient } from "../../testing/test-client.ts";
import { temporaryFolder } from "../../testing/test-server.ts";
import type { NewMessage } from "../messages.ts";
import { openSqliteStore } from "./index.ts";

/** Fifteen pages of the log and more each: the log is copied every few hundred messages. */
const CONTENT = 60_000;

/** Pages of the log after which it is copied, and bytes that each takes there. */
const PAGES_TO_COPY = 8192;
const FRAME = 4096 + 24;

function numbered(index: number): NewMessage {
  return {
    from_user_id: 1n,
    to_session_id: 2n,
    session_type: 1,
    client_msg_id: `message ${index}`,
    msg_type: 1,
    msg_data: new Uint8Array(CONTENT).fill(index % 251),
    create_time: 1_700_000_000,
  };
}

test("the log of a server that never stops writing begins anew, and is gone after an orderly end", async () => {
  const file = join(await temporaryFolder(), "chat.db");
  const store = openSqliteStore({ file, durability: "process", committed() {}, strictLog: false, log() {} });
  let longest = 0;
  const MESSAGES = 4000;
  for (let index = 0; index < MESSAGES; index++) {
    await store.append(numbered(index));
    longest = Math.max(longest, statSync(`${file}-wal`).size);
  }
  const written = MESSAGES * CONTENT;
  expect(longest).toBeGreaterThan(PAGES_TO_COPY * FRAME * 0.9);
  expect(longest).toBeLessThan(written / 2);
  await store.close();
  expect([existsSync(`${file}-wal`), existsSync(`${file}-shm`)]).toEqual([false, false]);
});

test("where nobody else can open the database, the log begins anew all the same, and a line says so", async () => {
  const file = join(await temporaryFolder(), "chat.db");
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const store = openSqliteStore({ file, durability: "process", committed() {}, strictLog: false, log });
  await rename(file, `${file}.moved`);
  let longest = 0;
  for (let index = 0; index < 2000; index++) {
    await store.append(numbered(index));
    longest = Math.max(longest, statSync(`${file}-wal`).size);
  }
  expect(lines).toEqual([expect.stringMatching(/^.*chat\.db-wal is copied between two messages from now on, .*: /)]);
  expect(existsSync(file)).toBe(false);
  expect(longest).toBeLessThan(2 * PAGES_TO_COPY * FRAME);
  await store.close();
});

test("a server killed while its log is copied loses nothing that it acknowledged", async () => {
  const KILLS = 4;
  const WINDOW = 8;
  const folder = await temporaryFolder();
  const file = join(folder, "chat.db");
  const usersFile = join(folder, "users.csv");
  await writeFile(usersFile, "1,user1,,token1\n2,user2,,token2\n");
  const random = seededRandom(20261128);
  const acknowledged = new Map<bigint, number>();
  let next = 0;

  const life = async (messages: number): Promise<void> => {
    const server = new ChildServer();
    onTestFinished(() => server.kill());
    const client = await TestClient.connect(await server.serve({ store: `sqlite:${file}`, usersFile }));
    await client.request(commands.LOGIN_AUTH_TOKEN_REQ, { user_id: 1n, user_token: "token1" });
    const until = acknowledged.size + messages;
    const lane = async (): Promise<void> => {
      while (!client.isClosed) {
        const index = next++;
        const ack = await client.request(commands.MSG_DATA, numbered(index) as never).catch(() => undefined);
        if (!ack) return;
        expect(ack.res_code).toBe(CIMResCode.kCIM_RES_CODE_OK);
        acknowledged.set(ack.server_msg_id, index);
        if (acknowledged.size >= until) await server.kill();
      }
    };
    await Promise.all(Array.from({ length: WINDOW }, lane));
  };

  // The first copy is due behind about 500 messages: some are killed before it, some in it, some behind it.
  for (let kill = 0; kill < KILLS; kill++) await life(450 + Math.floor(random() * 150));

  const store = openSqliteStore({ file, durability: "process", committed() {}, strictLog: true, log() {} });
  onTestFinished(() => store.close());
  const conversation = { self: 1n, session_type: 1, session_id: 2n };
  for (let end = 0n; ; ) {
    const page = (await store.history(conversation, { end_msg_id: end, limit: 20 })) ?? [];
    for (const { server_msg_id, client_msg_id, msg_data } of page) {
      const index = Number(client_msg_id.split(" ")[1]);
      expect(acknowledged.get(server_msg_id) ?? index).toBe(index);
      expect(Buffer.from(msg_data).equals(numbered(index).msg_data)).toBe(true);
      acknowledged.delete(server_msg_id);
    }
    end = page[0]?.server_msg_id ?? 1n;
    if (end === 1n) break;
  }
  expect([...acknowledged.keys()]).toEqual([]);
});
