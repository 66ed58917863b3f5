import { expect, test } from "vitest";
import { axes } from "../rules/index.ts";
import { defineGrid } from "./define.ts";

const head = { id: "MSG-05/growing", title: "ids grow in every conversation", steps: ["send", "compare"] } as const;

test("a grid makes a case of every combination, named by its values, and marks the covering array", () => {
  const grid = defineGrid(
    { ...head, axes: { kind: ["one-to-one", "group"], transport: ["tcp", "ws"], time: ["at-once", "after-restart"] } },
    async () => {},
  );
  expect(grid.map(({ id }) => id)).toContain("MSG-05/growing[group,ws,after-restart]");
  expect(grid).toHaveLength(8);
  const sampled = grid.filter(({ variant }) => variant?.sampled);
  expect(sampled[0]?.id).toBe("MSG-05/growing[one-to-one,tcp,at-once]");
  expect(sampled.length).toBeLessThan(8);
});

test("a value brings what it demands of the target, and a body gets the values", async () => {
  const seen: unknown[] = [];
  const [one] = defineGrid(
    { ...head, needs: ["http"], axes: { kind: ["group"], transport: ["mixed"], time: ["after-restart"] } },
    async (_, at) => void seen.push(at),
  );
  expect(one?.needs).toEqual(["http", "websocket", "restart"]);
  expect(one?.capabilities).toContain("groups");
  await one?.run(undefined as never);
  expect(seen).toEqual([{ kind: "group", transport: "mixed", time: "after-restart" }]);
});

test("no value belongs to two axes, so that a name in brackets says which axis it means", () => {
  const values = Object.values(axes).flat() as string[];
  expect(values.filter((value, at) => values.indexOf(value) !== at)).toEqual([]);
});
