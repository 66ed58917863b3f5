import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type CutPoint, CuttingProxy } from "../../testing/cutting-proxy.ts";
import { missingDatabases, type RunningDatabase, startPostgres } from "../../testing/databases.ts";
import type { NewMessage } from "../messages.ts";
import type { Store } from "../store.ts";
import { openPostgresStore } from "./index.ts";

const POINTS: readonly CutPoint[] = ["unsent", "at-work", "done"];
const GROUP = 2;

let lastUser = 1000n;

function message(from: bigint, to: bigint, session_type: number = 1): NewMessage {
  return {
    from_user_id: from,
    to_session_id: to,
    session_type,
    client_msg_id: randomUUID(),
    msg_type: 1,
    msg_data: Buffer.from("hello"),
    create_time: 1_700_000_000,
  };
}

describe.skipIf(missingDatabases())("a connection to PostgreSQL that breaks", () => {
  let postgres: RunningDatabase;
  let proxy: CuttingProxy;
  /** By way of the proxy, and without it. */
  let store: Store;
  let direct: Store;
  let alice: bigint;
  let bob: bigint;

  beforeAll(async () => {
    postgres = await startPostgres();
    proxy = await CuttingProxy.open(postgres.address);
    store = await openPostgresStore(proxy.address, () => {});
    direct = await openPostgresStore(postgres.address, () => {});
  });
  afterAll(async () => {
    proxy.accepts = true;
    await store?.close();
    await direct?.close();
    await proxy?.close();
    await postgres?.stop();
  });
  beforeEach(() => {
    [alice, bob] = [++lastUser, ++lastUser];
    proxy.accepts = true;
    proxy.cuts = 0;
  });

  async function newGroup(): Promise<bigint> {
    const act = { by: alice, client_msg_id: randomUUID(), now: 1_700_000_000 };
    const change = await direct.createGroup({ ...act, group_name: "team", members: [bob], limit: 200 });
    if (change.outcome !== "done") throw new Error("no group was made");
    return change.group.group_id;
  }

  const historyOf = async (self: bigint, session_type: number, session_id: bigint): Promise<string[]> => {
    const page = await direct.history({ self, session_type, session_id }, { end_msg_id: 0n, limit: 100 });
    return (page ?? []).map(({ client_msg_id }) => client_msg_id);
  };

  test.each(POINTS)("while it stores a message (%s) neither loses nor doubles it", async (point) => {
    const sent = message(alice, bob);
    proxy.cutAt("insert-into-chat", point);
    const outcome = await store.append(sent);
    expect(proxy.cuts).toBe(1);
    expect(outcome).toMatchObject({ outcome: "stored", message: { ...sent, server_msg_id: 1n }, recipients: [bob] });
    expect(await historyOf(bob, 1, alice)).toEqual([sent.client_msg_id]);
    expect(await direct.sessions(bob)).toMatchObject([{ unread_cnt: 1 }]);
  });

  test.each(POINTS)(
    "while it commits a group's message (%s) never makes a refusal of what is stored",
    async (point) => {
      const group = await newGroup();
      const sent = message(alice, group, GROUP);
      proxy.cutAt("COMMIT", point);
      const outcome = await store.append(sent).catch(() => undefined);
      expect(proxy.cuts).toBe(1);
      const stored = (await historyOf(bob, GROUP, group)).includes(sent.client_msg_id);
      expect(outcome?.outcome).toBe(stored ? "stored" : undefined);
      if (point === "done") expect(outcome).toMatchObject({ message: { server_msg_id: 2n } });
      expect(await direct.append(sent)).toMatchObject({ message: { server_msg_id: 2n } });
    },
  );

  test.each(POINTS)(
    "while it commits a change of a group (%s) never makes a refusal of what is done",
    async (point) => {
      const group = await newGroup();
      proxy.cutAt("COMMIT", point);
      const act = { group_id: group, by: bob, client_msg_id: randomUUID(), now: 1_700_000_000 };
      const outcome = await store.leaveGroup(act).catch(() => undefined);
      expect(proxy.cuts).toBe(1);
      const left = !(await direct.members(group))?.includes(bob);
      expect(outcome?.outcome).toBe(left ? "done" : undefined);
      if (point === "done") expect(outcome).toMatchObject({ changed: [bob], members: [alice] });
    },
  );

  test("before the commit undoes everything", async () => {
    const group = await newGroup();
    const sent = message(alice, group, GROUP);
    proxy.cutAt("INSERT INTO messages", "done");
    await expect(store.append(sent)).rejects.toThrow();
    expect(await historyOf(bob, GROUP, group)).not.toContain(sent.client_msg_id);
    expect(await store.append(sent)).toMatchObject({ outcome: "stored", message: { server_msg_id: 2n } });
  });

  test.each(POINTS)("while it reads (%s) is not noticed", async (point) => {
    await direct.append(message(alice, bob));
    proxy.cutAt("ORDER BY server_msg_id DESC", point);
    expect(await store.newestMessage({ self: bob, session_type: 1, session_id: alice })).toBeDefined();
    expect(proxy.cuts).toBe(1);
  });

  test.each(["insert-into-chat", "COMMIT"])(
    "and a database that stays away (%s) leave the outcome unknown, and say so",
    async (statement) => {
      const isGroup = statement === "COMMIT";
      const sent = isGroup ? message(alice, await newGroup(), GROUP) : message(alice, bob);
      proxy.cutAt(statement, "done", () => {
        proxy.accepts = false;
      });
      onTestFinished(() => {
        proxy.accepts = true;
      });
      await expect(store.append(sent)).rejects.toMatchObject({ name: "StoreError", code: "outcome-unknown" });
      // What was not begun is refused.
      await expect(store.append(message(alice, bob))).rejects.not.toMatchObject({ code: "outcome-unknown" });
      proxy.accepts = true;
      // The sender asks again by sending again (MSG-07).
      const again = { outcome: "duplicate", message: { client_msg_id: sent.client_msg_id } };
      expect(await store.append(sent)).toMatchObject(again);
    },
    30_000,
  );

  test("or a write that fails lets nothing of the same sender pass that waited behind it", async () => {
    const admin = new Client({ connectionString: postgres.address });
    await admin.connect();
    onTestFinished(() => admin.end());
    await admin.query("BEGIN; LOCK TABLE messages IN EXCLUSIVE MODE");
    const [first, second] = [message(alice, bob), message(alice, bob)];
    const failed = store.append(first).catch(async (error: Error) => {
      await admin.query("ROLLBACK");
      return error.message;
    });
    const behind = store.append(second).catch((error: Error) => error.message);
    expect(await failed).toContain("statement timeout");
    expect(await behind).toBe("the operation was not begun: the one before it failed");
    // Its sender, who was not told, sends both again.
    for (const each of [first, second]) expect(await store.append(each)).toMatchObject({ outcome: "stored" });
    expect(await historyOf(bob, 1, alice)).toEqual([first.client_msg_id, second.client_msg_id]);
  }, 30_000);

  test("is another thing than a value that the database does not take, which hinders nothing behind it", async () => {
    const act = { by: alice, client_msg_id: randomUUID(), now: 1_700_000_000 };
    const odd = store.createGroup({ ...act, group_name: "a\0b", members: [bob], limit: 200 });
    const sent = message(alice, bob);
    const behind = store.append(sent);
    await expect(odd).rejects.toMatchObject({ code: expect.stringMatching(/^22/) });
    expect(await behind).toMatchObject({ outcome: "stored" });
  });

  test("and leaves an outcome unknown lets nothing of the same sender pass that waited behind it", async () => {
    const sent = message(alice, bob);
    proxy.cutAt("insert-into-chat", "unsent", () => {
      proxy.accepts = false;
    });
    onTestFinished(() => {
      proxy.accepts = true;
      proxy.onRefused = undefined;
    });
    // One more at every attempt to find out what became of the first: the last ones still wait when that is given up.
    const behind: Promise<unknown>[] = [];
    proxy.onRefused = () => behind.push(store.append(message(alice, bob)).catch((error: Error) => error.message));
    const first = store.append(sent).catch((error: unknown) => {
      // The database is back before the next one's turn.
      proxy.accepts = true;
      return error;
    });
    expect(await first).toMatchObject({ code: "outcome-unknown" });
    const refusals = await Promise.all(behind);
    for (const refusal of refusals) expect(refusal).toMatch(/^the operation was not begun: /);
    expect(refusals.at(-1)).toContain("it is not known what became of the one before it");
    expect(await historyOf(bob, 1, alice)).toEqual([]);
  }, 30_000);
});
