import { expect, test } from "vitest";
import { CHEAPEST_PASSWORD_COST, createPasswordHasher } from "./password-hash.ts";

const PASSWORD = "e10adc3949ba59abbe56e057f20f883e";

test("verifies the password that was hashed and no other, letter case included (LOGIN-15)", async () => {
  const hasher = createPasswordHasher(CHEAPEST_PASSWORD_COST);
  const stored = await hasher.hash(PASSWORD);
  expect(await hasher.verify(PASSWORD, stored)).toBe(true);
  expect(await hasher.verify(PASSWORD.toUpperCase(), stored)).toBe(false);
  expect(await hasher.verify("", stored)).toBe(false);
});

test("zeros behind a password make it another (LOGIN-15)", async () => {
  const hasher = createPasswordHasher(CHEAPEST_PASSWORD_COST);
  const stored = await hasher.hash(PASSWORD);
  for (const other of [`${PASSWORD}\0`, `${PASSWORD}\0\0`]) {
    expect(await hasher.verify(other, stored)).toBe(false);
    expect(await hasher.verify(other, await hasher.hash(other))).toBe(true);
  }
});

test("stores neither the password nor the same text twice", async () => {
  const hasher = createPasswordHasher(CHEAPEST_PASSWORD_COST);
  const [first, second] = await Promise.all([hasher.hash(PASSWORD), hasher.hash(PASSWORD)]);
  expect(first).not.toContain(PASSWORD);
  expect(first).not.toBe(second);
});

test("is false for a user that does not exist, whatever the password", async () => {
  const hasher = createPasswordHasher(CHEAPEST_PASSWORD_COST);
  expect(await hasher.verify(PASSWORD, undefined)).toBe(false);
  expect(await hasher.verify("", undefined)).toBe(false);
});

test("verifies a text of another cost, so that the cost can change over time", async () => {
  const stored = await createPasswordHasher(4).hash(PASSWORD);
  expect(await createPasswordHasher(CHEAPEST_PASSWORD_COST).verify(PASSWORD, stored)).toBe(true);
});

test("an unknown user takes the same place in the queue as a known one (LOGIN-04)", async () => {
  const hasher = createPasswordHasher(10, { concurrency: 1, maxWaiting: 1, maxWaitMs: 10_000 });
  const outcomes = Promise.allSettled([hasher.hash(PASSWORD), hasher.verify(PASSWORD, undefined)]);
  expect(hasher.waiting).toBe(1);
  await expect(hasher.hash(PASSWORD)).rejects.toMatchObject({ code: "queue-full" });
  expect((await outcomes).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
});

test("refuses when more logins wait than its queue holds", async () => {
  const hasher = createPasswordHasher(10, { concurrency: 1, maxWaiting: 2, maxWaitMs: 10_000 });
  const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(() => hasher.verify(PASSWORD, undefined)));
  const refused = outcomes.filter((outcome) => outcome.status === "rejected");
  expect(refused).toHaveLength(2);
  for (const outcome of refused) expect(outcome.reason).toMatchObject({ code: "queue-full" });
});

test("a damaged stored text is an error, never a match", async () => {
  const hasher = createPasswordHasher(CHEAPEST_PASSWORD_COST);
  await expect(hasher.verify(PASSWORD, PASSWORD)).rejects.toThrow("scrypt$");
});
