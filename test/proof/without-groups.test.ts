import { expect, test } from "vitest";
import { commands } from "../../codegen/index.ts";
import { suiteCases } from "../../scenarios/conformance/index.ts";
import type { Mutant } from "../../server-ref/index.ts";
import { runAgainstReference } from "./run.ts";

/** A server that knows no groups: no command about them is answered. */
const withoutGroups: Mutant = {
  name: "without-groups",
  breaks: [],
  title: "knows no groups",
  story: "A target may leave the capability out.",
  apply({ handlers }) {
    for (const [name, { id }] of Object.entries(commands)) if (name.startsWith("GROUP_")) handlers.delete(id);
  },
};

test("no case needs groups of a server that claims none", async () => {
  const cases = suiteCases.filter(
    ({ capabilities, needs }) =>
      !capabilities.includes("groups") && !needs.includes("restart") && !needs.includes("process"),
  );
  const results = await runAgainstReference(cases, { seed: 1, mutants: [withoutGroups] });
  const red = results.filter(({ status }) => !["passed", "notApplicable"].includes(status));
  expect(red.map(({ id, status, reason }) => `${id} ${status}: ${reason}`)).toEqual([]);
}, 120_000);
