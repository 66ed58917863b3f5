import { expect, it } from "vitest";
import chat from "../../scenarios/load/chat.ts";
import { type GeneratorMachine, type LoadNeeds, needsOf } from "./needs.ts";
import { decidePlan, type LoadSettings } from "./settings.ts";

const machine: GeneratorMachine = { processors: 2, memoryBytes: 24e9, descriptors: 20_000 };

function needs(settings: LoadSettings, targetAddresses = 1, more: Partial<GeneratorMachine> = {}): LoadNeeds {
  return needsOf(decidePlan(chat, settings), targetAddresses, { ...machine, ...more });
}

const small = { clients: 1_000, rate: 100, ramp: "10s" };

it("a small load needs one machine", () => {
  const { machines, each, machinesFor } = needs(small);
  expect({ machines, ...machinesFor }).toEqual({ machines: 1, memory: 1, ports: 1, logins: 1, messages: 1 });
  expect(each).toMatchObject({ clients: 1_000, rate: 100, workers: 2, ports: 1_000 });
});

it.each<[LoadNeeds["limit"], LoadSettings, Partial<GeneratorMachine>]>([
  ["memory", { ...small, clients: 100_000, ramp: "10m" }, { memoryBytes: 1e9, descriptors: 200_000 }],
  ["ports", { ...small, clients: 100_000, ramp: "10m" }, {}],
  ["logins", { ...small, clients: 50_000, ramp: "1s" }, {}],
  ["messages", { ...small, rate: 90_000 }, {}],
])("%s is the limit where it asks for the most machines", (limit, settings, more) => {
  const { limit: found, machines, machinesFor } = needs(settings, limit === "ports" ? 1 : 10, more);
  expect(found).toBe(limit);
  expect(machines).toBe(machinesFor[limit]);
  expect(machines).toBeGreaterThan(1);
});

it("twice the addresses of the target halve what ports ask for", () => {
  const settings = { ...small, clients: 560_000, ramp: "1h" };
  expect(needs(settings, 1).machinesFor.ports).toBe(40);
  expect(needs(settings, 2).machinesFor.ports).toBe(20);
});

it("each machine has what its processes can hold", () => {
  const { each, machines } = needs({ ...small, clients: 60_000, ramp: "10m" }, 10, { descriptors: 1_024 });
  expect(machines).toBe(1);
  expect(each.descriptors).toBeLessThanOrEqual(1_024);
  expect(each.workers * (1_024 - 200)).toBeGreaterThanOrEqual(60_000);
});

it("what the target has to take is told: logins of the ramp and heartbeats", () => {
  const { loginsPerSecond, heartbeatsPerSecond } = needs({ ...small, heartbeat: "20s" });
  expect([loginsPerSecond, heartbeatsPerSecond]).toEqual([100, 50]);
});
