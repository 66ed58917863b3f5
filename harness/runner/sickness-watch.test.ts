import { expect, test } from "vitest";
import type { CaseResult } from "../result/index.ts";
import { blankResult } from "./run-case.ts";
import { SicknessWatch, type Watched } from "./sickness-watch.ts";
import { caseOf } from "./testing/case-of.ts";

test("a case that ends while the run is given up is given up with it", async () => {
  const settled: CaseResult[] = [];
  const looking = Promise.withResolvers<undefined>();
  const census = {
    endingsOf: () => [1],
    allEndedAt: () => looking.promise,
    unansweredOf: () => [],
    hasLost: () => false,
  };
  const watch = new SicknessWatch({
    census,
    settle: (result: CaseResult) => settled.push(result),
    hasWitness: false,
  } as unknown as Watched);
  const one = caseOf("CONN-15/closed", async () => {});
  await watch.enter(one);
  const leaving = watch.leave(one, blankResult(one, "failed", "it stays open"));
  watch.void("since HTTP-04/missing the target no longer registers anybody");
  looking.resolve(undefined);
  await leaving;
  expect(settled).toHaveLength(1);
  expect(settled[0]).toMatchObject({ status: "couldNotRun" });
  expect(settled[0]?.reason).toMatch(/^since HTTP-04\/missing .* \(it stays open\)$/);
});
