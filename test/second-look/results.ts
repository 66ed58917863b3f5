/** What is read of the test runner's JSON report. */
export interface TestResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numTotalTests: number;
  readonly success: boolean;
  readonly testResults: readonly FileResult[];
}

/** What became of one test file. */
export interface FileResult {
  /** Absolute path. */
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
}

/** The files of which a test, or the loading, failed. */
export function failedFiles(results: TestResults): string[] {
  return results.testResults.filter(({ status }) => status === "failed").map(({ name }) => name);
}

/** The tests that failed at first and passed by themselves, as `file: name`. */
export function passedAlone(first: TestResults, second: TestResults): string[] {
  const passed = new Set(named(second, "passed"));
  return named(first, "failed").filter((name) => passed.has(name));
}

/** The first results with those files in place that were run again, counted anew. */
export function replaced(first: TestResults, second: TestResults): TestResults {
  const again = new Map(second.testResults.map((file) => [file.name, file]));
  const testResults = first.testResults.map((file) => again.get(file.name) ?? file);
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const count = (...statuses: string[]): number => tests.filter(({ status }) => statuses.includes(status)).length;
  return {
    ...first,
    numPassedTests: count("passed"),
    numFailedTests: count("failed"),
    numPendingTests: count("pending", "skipped", "disabled"),
    numTodoTests: count("todo"),
    numTotalTests: tests.length,
    success: testResults.every(({ status }) => status !== "failed"),
    testResults,
  };
}

function named({ testResults }: TestResults, wanted: string): string[] {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.filter(({ status }) => status === wanted).map(({ fullName }) => `${name}: ${fullName}`),
  );
}
