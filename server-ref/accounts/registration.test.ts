import { expect, test } from "vitest";
import { openStore } from "../store/open.ts";
import { CHEAPEST_PASSWORD_COST, createPasswordHasher } from "./password-hash.ts";
import { type AccountServices, createFileUsers, registrar } from "./registration.ts";
import { verifyToken } from "./token-hash.ts";
import type { FileUser } from "./users-file.ts";

async function makers(): Promise<AccountServices & { close(): Promise<void> }> {
  const store = await openStore("memory:", {
    durability: "process",
    committed: () => undefined,
    strictLog: false,
    log: () => undefined,
  });
  const passwords = createPasswordHasher(CHEAPEST_PASSWORD_COST);
  return { store, passwords, nowSeconds: () => 1_700_000_000, close: () => store.close() };
}

function fileUser(user_name: string, changes: Partial<FileUser> = {}): FileUser {
  return { user_id: undefined, user_name, password: "digest", token: undefined, ...changes };
}

test("makes the users of a file with hashed secrets, once", async () => {
  const { store, passwords, close, ...rest } = await makers();
  const users = [fileUser("first"), fileUser("second", { user_id: 1n, token: "token", password: undefined })];
  expect(await createFileUsers(users, { store, passwords, ...rest })).toBe(2);
  expect(await createFileUsers(users, { store, passwords, ...rest })).toBe(0);
  // The id that the file names is kept for its user.
  expect(await store.userById(1n)).toMatchObject({
    user_name: "second",
    nick_name: "second",
    password_hash: undefined,
  });
  expect(verifyToken("token", (await store.userById(1n))?.token_hash)).toBe(true);
  const first = await store.userByName("first");
  expect(first?.token_hash).toBeUndefined();
  expect(await passwords.verify("digest", first?.password_hash)).toBe(true);
  await close();
});

test("makes thousands of users, more than wait for a hash at a time", async () => {
  const { close, ...parts } = await makers();
  const users = Array.from({ length: 3000 }, (_, n) => fileUser(`user ${n}`, { user_id: BigInt(n + 10) }));
  expect(await createFileUsers(users, parts)).toBe(3000);
  expect(await parts.store.userById(3009n)).toMatchObject({ user_name: "user 2999" });
  await close();
});

test("makes the users of a file on a machine on which each hash waits longer than a client would", async () => {
  const { close, ...parts } = await makers();
  const passwords = createPasswordHasher(CHEAPEST_PASSWORD_COST, { concurrency: 1, maxWaiting: 100, maxWaitMs: -1 });
  expect(await createFileUsers([fileUser("one"), fileUser("two"), fileUser("three")], { ...parts, passwords })).toBe(3);
  await close();
});

test.each([
  ['user 7 "other"', () => fileUser("other", { user_id: 7n })],
  ['user 8 "present"', () => fileUser("present", { user_id: 8n })],
])("refuses a file whose id or name is another account's: %s", async (who, user) => {
  const { close, ...parts } = await makers();
  await createFileUsers([fileUser("present", { user_id: 7n })], parts);
  const refused = createFileUsers([user()], parts);
  await expect(refused).rejects.toMatchObject({ code: "bad-users-file" });
  await expect(refused).rejects.toThrow(
    `${who} of the users file cannot be created: the store holds 7 "present" already`,
  );
  await close();
});

test("registers by name with a fresh id, and never twice", async () => {
  const { close, ...parts } = await makers();
  const register = registrar(parts);
  const registration = { user_name: "alice", nick_name: "Alice", password: "digest" };
  const outcomes = await Promise.all([register(registration), register(registration), register(registration)]);
  expect(outcomes.filter(Boolean)).toHaveLength(1);
  expect(await register(registration)).toBe(false);
  expect(await parts.store.userByName("alice")).toMatchObject({ nick_name: "Alice", token_hash: undefined });
  await close();
});

test.each([
  ["robots", 2020010701n, [2020010704n, 2020010705n]],
  ["the largest id that is given", 2n ** 53n - 1n, [2n ** 53n, 2n ** 53n + 1n]],
])("gives no id that belongs to somebody else, next to %s", async (_neighbour, highest, expected) => {
  const { close, ...parts } = await makers();
  await createFileUsers([fileUser("listed", { user_id: highest })], parts);
  const register = registrar(parts);
  for (const user_name of ["alice", "bob"]) {
    expect(await register({ user_name, nick_name: "Nick", password: "digest" })).toBe(true);
  }
  const ids = ["alice", "bob"].map(async (name) => (await parts.store.userByName(name))?.user_id);
  expect(await Promise.all(ids)).toEqual(expected);
  await close();
});
