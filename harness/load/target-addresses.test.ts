import { expect, test, vi } from "vitest";
import type { Address } from "../client/index.ts";
import { inTurnOfFamilies } from "./spread.ts";
import { TargetAddresses } from "./target-addresses.ts";

const named = { host: "chat.example.org", port: 8000 };
const at = (host: string): Address => ({ scheme: "tcp", host, port: 8000, path: "/", named });

test("families are tried in turn, in the system's order", () => {
  expect(inTurnOfFamilies(["2001:db8::1", "2001:db8::2", "192.0.2.1", "192.0.2.2", "192.0.2.3"])).toEqual([
    ...["2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2", "192.0.2.3"],
  ]);
  expect(inTurnOfFamilies([])).toEqual([]);
});

test("users are spread, and who tries in vain goes on to the next address", () => {
  const plan = { addresses: [at("192.0.2.1"), at("192.0.2.2")], others: [at("192.0.2.3")], spread: true };
  const addresses = new TargetAddresses(plan, () => new Promise(() => {}));
  expect([0, 1, 2].map((user) => addresses.of(user, 0).host)).toEqual(["192.0.2.1", "192.0.2.2", "192.0.2.1"]);
  expect(addresses.takeUsed()).toEqual(["192.0.2.1", "192.0.2.2"]);
  expect([1, 2, 3, 4].map((attempt) => addresses.of(1, attempt).host)).toEqual([
    ...["192.0.2.2", "192.0.2.3", "192.0.2.1", "192.0.2.2"],
  ]);
  expect(new Set(addresses.takeUsed()).size).toBe(3);
  expect(addresses.takeUsed()).toEqual([]);
});

test("who comes back looks the name up again, now and then, and goes where it points by then", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  try {
    const answers = [["192.0.2.9"], ["192.0.2.9"]];
    const asked: string[] = [];
    const addresses = new TargetAddresses({ addresses: [at("192.0.2.1")], others: [], spread: false }, async (host) => {
      asked.push(host);
      return (answers.shift() ?? []).map((address) => ({ address }));
    });
    addresses.of(0, 1);
    expect(asked).toEqual([]);
    vi.advanceTimersByTime(6000);
    expect(addresses.of(0, 0).host).toBe("192.0.2.1");
    expect(asked).toEqual([]);
    expect(addresses.of(0, 1).host).toBe("192.0.2.1");
    await Promise.resolve();
    addresses.of(0, 1);
    expect(asked).toEqual(["chat.example.org"]);
    const moved = addresses.of(0, 1);
    expect(moved).toEqual({ ...at("192.0.2.9"), named });
  } finally {
    vi.useRealTimers();
  }
});
