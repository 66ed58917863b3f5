import { describe, expect, test } from "vitest";
import { type AnomalyName, findAnomalies, type Observation, type Operation, type Seen } from "./anomalies.ts";

/** A conversation of two writers on a server without a fault: 40 messages, read by three. */
function perfect(): {
  operations: Operation[];
  readings: { reader: string; online: boolean; pushes: Seen[]; history: Seen[] }[];
} {
  const operations = Array.from(
    { length: 40 },
    (_, index): Operation => ({
      sender: index % 2 === 0 ? "alice" : "bob",
      id: `m${index}`,
      outcome: "ok",
      serverId: BigInt(index + 1),
    }),
  );
  const all = operations.map(({ id, serverId }): Seen => ({ id, serverId: serverId ?? 0n }));
  const readings = ["alice", "bob", "carol"].map((reader) => ({
    reader,
    online: true,
    pushes: all.filter((_, index) => operations[index]?.sender !== reader),
    history: [...all],
  }));
  return { operations, readings };
}

const names = (observation: Observation): AnomalyName[] => [
  ...new Set(findAnomalies(observation).map(({ name }) => name)),
];

test("a server without a fault has no anomaly, wherever pushes of different senders come", () => {
  const seen = perfect();
  expect(names(seen)).toEqual([]);
  const [one, two] = seen.readings[2]?.pushes.splice(4, 2) ?? [];
  seen.readings[2]?.pushes.splice(4, 0, two as Seen, one as Seen);
  expect(names(seen)).toEqual([]);
});

test("a message whose fate nobody knows may be there or not", () => {
  const seen = perfect();
  seen.operations[5] = { sender: "bob", id: "m5", outcome: "unknown" };
  expect(names(seen)).toEqual([]);
  for (const reading of seen.readings) {
    reading.history = reading.history.filter(({ id }) => id !== "m5");
    reading.pushes = reading.pushes.filter(({ id }) => id !== "m5");
  }
  expect(names(seen)).toEqual([]);
});

describe("servers of known weakness", () => {
  const weaknesses: [AnomalyName, (seen: ReturnType<typeof perfect>) => void][] = [
    ["lost after acknowledgement", (seen) => seen.readings[1]?.history.splice(7, 1)],
    ["phantom", (seen) => seen.readings[0]?.history.push({ id: "ghost", serverId: 99n })],
    ["duplicate", (seen) => seen.readings[2]?.pushes.push({ id: "m0", serverId: 99n })],
    ["push missing", (seen) => seen.readings[2]?.pushes.splice(3, 1)],
    ["own push", (seen) => seen.readings[0]?.pushes.unshift({ id: "m0", serverId: 1n })],
    [
      "id reused",
      (seen) => {
        seen.operations[9] = { ...(seen.operations[9] as Operation), serverId: 9n };
      },
    ],
    ["id differs", (seen) => seen.readings[1]?.history.splice(39, 1, { id: "m39", serverId: 77n })],
    [
      "done although refused",
      (seen) => {
        seen.operations[4] = { sender: "alice", id: "m4", outcome: "failed" };
      },
    ],
    ["id not increasing", (seen) => seen.readings[2]?.history.reverse()],
    ["orders differ between members", (seen) => seen.readings[2]?.history.reverse()],
  ];
  test.each(weaknesses)("%s is found, and told in two sentences", (name, weaken) => {
    const seen = perfect();
    weaken(seen);
    const anomaly = findAnomalies(seen).find((one) => one.name === name);
    expect(anomaly?.text).toMatch(/^.+\. .+\.$/);
  });
});

test("takes time linear in the number of messages", () => {
  const count = 200_000;
  const operations = Array.from(
    { length: count },
    (_, index): Operation => ({
      sender: "alice",
      id: `m${index}`,
      outcome: "ok",
      serverId: BigInt(index + 1),
    }),
  );
  const history = operations.map(({ id, serverId }): Seen => ({ id, serverId: serverId ?? 0n }));
  expect(findAnomalies({ operations, readings: [{ reader: "bob", online: true, pushes: history, history }] })).toEqual(
    [],
  );
});
