import { expect, test } from "vitest";
import { commands } from "../../codegen/index.ts";
import type { CaseResult } from "../../harness/result/index.ts";
import type { ConformanceCase } from "../../harness/runner/index.ts";
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

/** The cases that are neither green nor left out, with the reason. */
async function redOf(cases: readonly ConformanceCase[], jobs: number): Promise<CaseResult[]> {
  const results = await runAgainstReference(cases, { seed: 1, mutants: [withoutGroups], jobs });
  return results.filter(({ status }) => !["passed", "notApplicable"].includes(status));
}

test("no case needs groups of a server that claims none", async () => {
  const cases = suiteCases.filter(
    ({ capabilities, needs, waits }) =>
      !capabilities.includes("groups") && !needs.includes("restart") && !needs.includes("process") && !waits,
  );
  let red = await redOf(cases, 4);
  // What a busy machine may have blurred is looked at once more, with nothing beside it.
  if (red.length > 0) {
    const ids = new Set(red.map(({ id }) => id));
    red = await redOf(
      cases.filter(({ id }) => ids.has(id)),
      1,
    );
  }
  expect(red.map(({ id, status, reason }) => `${id} ${status}: ${reason}`)).toEqual([]);
}, 400_000);
