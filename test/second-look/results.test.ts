import { expect, test } from "vitest";
import { type FileResult, failedFiles, passedAlone, replaced, type TestResults } from "./results.ts";

const file = (name: string, ...statuses: string[]): FileResult => ({
  name,
  status: statuses.includes("failed") || statuses.length === 0 ? "failed" : "passed",
  assertionResults: statuses.map((status, index) => ({ fullName: `test ${index}`, status })),
});
const results = (...testResults: FileResult[]): TestResults =>
  replaced(
    {
      numPassedTests: 0,
      numFailedTests: 0,
      numPendingTests: 0,
      numTodoTests: 0,
      numTotalTests: 0,
      success: true,
      testResults,
    },
    { testResults: [] } as unknown as TestResults,
  );

const first = results(file("a", "passed", "skipped"), file("b", "passed", "failed"), file("c"));

test("files with a failed test, and files that could not be loaded, have failed", () => {
  expect(failedFiles(first)).toEqual(["b", "c"]);
  expect(first).toMatchObject({ numPassedTests: 2, numFailedTests: 1, numPendingTests: 1, success: false });
});

test("what passes by itself counts as passed, and is named", () => {
  const second = results(file("b", "passed", "passed"), file("c", "passed"));
  expect(passedAlone(first, second)).toEqual(["b: test 1"]);
  expect(replaced(first, second)).toMatchObject({
    numPassedTests: 4,
    numFailedTests: 0,
    numTotalTests: 5,
    success: true,
  });
});

test("what fails again stays failed", () => {
  const second = results(file("b", "passed", "failed"), file("c", "failed"));
  expect(passedAlone(first, second)).toEqual([]);
  expect(replaced(first, second)).toMatchObject({ numPassedTests: 2, numFailedTests: 2, success: false });
});
