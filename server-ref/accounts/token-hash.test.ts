import { timingSafeEqual } from "node:crypto";
import { expect, test, vi } from "vitest";
import { hashToken, verifyToken } from "./token-hash.ts";

vi.mock("node:crypto", async (importOriginal) => {
  const crypto = await importOriginal<typeof import("node:crypto")>();
  return { ...crypto, timingSafeEqual: vi.fn(crypto.timingSafeEqual) };
});

test("verifies the token that was hashed and no other", () => {
  const stored = hashToken("a-long-random-token");
  expect(verifyToken("a-long-random-token", stored)).toBe(true);
  expect(verifyToken("a-long-random-tokem", stored)).toBe(false);
  expect(stored).not.toContain("a-long-random-token");
  expect(hashToken("a-long-random-token")).not.toBe(stored);
});

test("is never true for an empty token or an account without one (LOGIN-06)", () => {
  expect(verifyToken("", hashToken(""))).toBe(false);
  expect(verifyToken("", undefined)).toBe(false);
  expect(verifyToken("anything", undefined)).toBe(false);
});

test("a damaged stored text is an error, never a match", () => {
  expect(() => verifyToken("token", "token")).toThrow("sha256$");
});

test("a right, a wrong and an empty token, and an account without one, all take one whole comparison", () => {
  const stored = hashToken("token");
  for (const [token, account] of [
    ["token", stored],
    ["tokem", stored],
    ["xoken", stored],
    ["", stored],
    ["token", undefined],
    ["", undefined],
  ] as const) {
    vi.mocked(timingSafeEqual).mockClear();
    verifyToken(token, account);
    expect(vi.mocked(timingSafeEqual).mock.calls.map(([a, b]) => [a.byteLength, b.byteLength])).toEqual([[32, 32]]);
  }
});
