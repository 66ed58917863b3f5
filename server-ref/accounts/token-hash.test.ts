import { expect, test } from "vitest";
import { hashToken, verifyToken } from "./token-hash.ts";

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
