import { expect, test } from "vitest";
import type { CaseResult } from "../result/index.ts";
import type { ConformanceCase } from "./case.ts";
import { LackWatch } from "./lack-watch.ts";
import { blankResult } from "./run-case.ts";
import { caseOf } from "./testing/case-of.ts";

const LACK = "GROUP_LIST_REQ is unanswered";
const guard = {
  firstMend: { register: "", "log in": "", header: "" },
  ...{
    packets: rule(),
    unmixed: rule(),
    logins: rule(),
    quiet: rule(),
    answered: rule(),
    answers: {},
    lasting: rule(),
    crash: rule(),
    crowd: rule(),
  },
  capabilityOf: (command: string) => (command.startsWith("GROUP_") ? "groups" : undefined),
};

function rule() {
  return { id: "", text: "", level: "must" } as const;
}

const aboutGroups = (): ConformanceCase => ({ ...caseOf("GROUP-01/x", async () => {}), capabilities: ["groups"] });
const couldNotRun = (one: ConformanceCase): CaseResult => ({
  ...blankResult(one, "couldNotRun", "in vain"),
  lack: LACK,
});

/** A watch that has seen so many cases wait in vain and so many pass. */
function watchBehind(lacking: number, passing: number, answered: readonly string[] = ["LIST_MSG_REQ"]): LackWatch {
  const watch = new LackWatch(guard, { answered });
  for (let n = 0; n < lacking; n++) watch.note(aboutGroups(), couldNotRun(aboutGroups()));
  for (let n = 0; n < passing; n++) watch.note(aboutGroups(), blankResult(aboutGroups(), "passed"));
  return watch;
}

test("what three cases have waited for in vain is not asked for again, and is said", () => {
  const result = watchBehind(3, 2).foregone(aboutGroups());
  expect(result).toMatchObject({ status: "couldNotRun", lack: LACK });
  expect(result?.reason).toBe(`not asked: ${LACK}, as 3 cases about groups have shown`);
});

test("two may have met a busy machine", () => {
  expect(watchBehind(2, 0).foregone(aboutGroups())).toBeUndefined();
});

test("a capability of which a command was answered, or more cases pass than wait, is asked for", () => {
  expect(watchBehind(5, 0, ["GROUP_CREATE_DEFAULT_REQ"]).foregone(aboutGroups())).toBeUndefined();
  expect(watchBehind(3, 3).foregone(aboutGroups())).toBeUndefined();
});

test("cases that need something else are asked", () => {
  expect(watchBehind(5, 0).foregone(caseOf("MSG-01/x", async () => {}))).toBeUndefined();
});
