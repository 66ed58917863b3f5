import { expect, test } from "vitest";
import type { StoredMessage } from "../messages.ts";
import { openStore } from "../open.ts";
import type { Store } from "../store.ts";

const [SELF, PEER] = [1n, 2n];
const MESSAGES = 5;

async function filledStore(): Promise<Store> {
  const store = await openStore("memory:", {
    durability: "process",
    strictLog: false,
    committed: () => {},
    log: () => {},
  });
  for (let number = 1; number <= MESSAGES; number++) {
    await store.append({
      from_user_id: SELF,
      to_session_id: PEER,
      session_type: 1,
      client_msg_id: `message ${number}`,
      msg_type: 1,
      msg_data: new Uint8Array(1000).fill(number),
      create_time: number,
    });
  }
  return store;
}

async function page(store: Store): Promise<StoredMessage[]> {
  const found = await store.history(
    { self: SELF, session_type: 1, session_id: PEER },
    { end_msg_id: 0n, limit: MESSAGES },
  );
  return found as StoredMessage[];
}

const lengths = (messages: readonly StoredMessage[]): number[] => messages.map(({ msg_data }) => msg_data.length);
const whole = Array.from({ length: MESSAGES }, () => 1000);

test("contents that are given back are free at once, and those of other look-ups stay", async () => {
  const store = await filledStore();
  const [shown, kept] = [await page(store), await page(store)];
  const [session] = await store.sessions(PEER);
  store.release(shown);
  expect(lengths(shown)).toEqual(whole.map(() => 0));
  expect(lengths(kept)).toEqual(whole);
  expect(session?.newest.msg_data.length).toBe(1000);
  expect(lengths(await page(store))).toEqual(whole);
  await store.close();
});

test("a list of sessions gives back the contents of their newest messages", async () => {
  const store = await filledStore();
  const sessions = await store.sessions(PEER);
  store.release(sessions);
  expect(sessions.map(({ newest }) => newest.msg_data.length)).toEqual([0]);
  await store.close();
});

test("what the store did not return itself is left alone, and giving back twice does no harm", async () => {
  const store = await filledStore();
  const own = (await page(store)).map((message) => ({ ...message }));
  store.release(own);
  expect(lengths(own)).toEqual(whole);
  const found = await page(store);
  store.release(found);
  store.release(found);
  expect(lengths(await page(store))).toEqual(whole);
  await store.close();
});
