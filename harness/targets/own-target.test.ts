import { expect, test } from "vitest";
import { isPrivateAddress, requireOwnTarget } from "./index.ts";

test.each([
  ["127.0.0.1", true],
  ["127.9.9.9", true],
  ["10.1.2.3", true],
  ["172.31.0.1", true],
  ["172.32.0.1", false],
  ["192.168.1.1", true],
  ["169.254.1.1", true],
  ["8.8.8.8", false],
  ["::1", true],
  ["fd00::1", true],
  ["fe80::1", true],
  ["2001:db8::1", false],
  ["::ffff:8.8.8.8", false],
  ["::ffff:127.0.0.1", true],
])("%s is private: %s", (ip, isPrivate) => {
  expect(isPrivateAddress(ip)).toBe(isPrivate);
});

test("a public host is refused unless it is declared to be one's own", async () => {
  await expect(requireOwnTarget("8.8.8.8", false)).rejects.toThrow(expect.objectContaining({ code: "usage" }));
  await expect(requireOwnTarget("8.8.8.8", false)).rejects.toThrow("--i-own-this-target");
  await requireOwnTarget("8.8.8.8", true);
  await requireOwnTarget("localhost", false);
});

test("a name that does not resolve is a target error", async () => {
  await expect(requireOwnTarget("no-such-host.invalid", false)).rejects.toThrow(
    expect.objectContaining({ code: "target" }),
  );
});
