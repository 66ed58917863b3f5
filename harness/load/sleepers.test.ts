import { expect, it } from "vitest";
import { Sleepers } from "./sleepers.ts";

it("ends every sleep of a user, each in its time", async () => {
  const sleepers = new Sleepers<string>();
  const ended: string[] = [];
  const long = sleepers.add("alice", 200).then(() => ended.push("long"));
  const short = sleepers.add("alice", 100).then(() => ended.push("short"));
  const others = sleepers.add("bob", 100).then(() => ended.push("bob's"));
  expect(sleepers.wakeDue("alice", 99)).toBe(100);
  expect(sleepers.wakeDue("alice", 100)).toBe(200);
  await short;
  expect(ended).toEqual(["short"]);
  expect(sleepers.wakeDue("alice", 200)).toBeUndefined();
  await long;
  sleepers.wakeAll("bob");
  await others;
  expect(ended).toEqual(["short", "long", "bob's"]);
});
