import type { CaseResult, ConformanceResult, LoadResult, Result } from "../harness/result/index.ts";
import { bySection } from "./case-order.ts";
import { failureText } from "./failure-text.ts";
import { headlineOf, targetName } from "./headline.ts";
import { weightOf } from "./run-outcome.ts";
import { isWhole, type Whole } from "./whole.ts";
import { statusWords } from "./words/verdicts.ts";
import { escapeXml, escapeXmlAttribute } from "./xml.ts";

/** One `<testcase>`; at most one of the outcomes is set, a passed test has none. */
interface TestCase {
  name: string;
  seconds: number;
  failure?: Outcome;
  error?: Outcome;
  skipped?: Outcome;
  output?: string;
}

interface Outcome {
  type: string;
  message: string;
  text?: string;
}

interface TestSuite {
  name: string;
  startedAt: string;
  properties: [string, string][];
  tests: TestCase[];
}

/**
 * JUnit XML as the schema of Jenkins' xUnit plugin describes it (junit-10.xsd), which GitLab's and GitHub's readers
 * take as well. One suite per section of the rules, one test per case. What failed but does not fail the run
 * (warnings, known failures, what may stay unknown) is skipped with its reason; what could not be judged is an error.
 * One more test of each run stands for its verdict: it is red when the exit code is not 0 and no other test says why.
 */
export function junit(results: readonly Result[], whole?: Whole): string {
  const ofResults = results.flatMap((result) =>
    result.kind === "conformance" ? conformanceSuites(result) : [loadSuite(result)],
  );
  const suites = [...ofResults, ...wholeSuites(whole, results)];
  const tests = suites.flatMap((suite) => suite.tests);
  const body = suites.map((suite, index) => suiteXml(suite, index)).join("\n");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="cupping" ${totals(tests)}>\n${body}\n</testsuites>\n`;
}

function wholeSuites(whole: Whole | undefined, [first]: readonly Result[]): TestSuite[] {
  const judged = whole?.parts.filter(({ isResult }) => !isResult) ?? [];
  if (whole === undefined) return [];
  const cut = isWhole(whole) ? [] : [cutTest(whole)];
  const tests = judged.map(({ name: { en: name }, outcome: verdict = "invalid", reasons }): TestCase => {
    const outcome: Outcome = { type: verdict, message: reasons[0] ?? whole.sentence.en, text: reasons.join("\n") };
    if (verdict === "pass") return { name, seconds: 0 };
    return verdict === "fail" ? { name, seconds: 0, failure: outcome } : { name, seconds: 0, error: outcome };
  });
  const all = [...tests, ...cut];
  if (all.length === 0) return [];
  return [{ name: whole.subject.en.toLowerCase(), startedAt: first?.run.startedAt ?? "", properties: [], tests: all }];
}

function cutTest({ sentence }: Whole): TestCase {
  const outcome: Outcome = { type: "invalid", message: sentence.en, text: sentence.en };
  return { name: "everything was run", seconds: 0, error: outcome };
}

function conformanceSuites(result: ConformanceResult): TestSuite[] {
  const { startedAt } = result.run;
  const properties: [string, string][] = [...commonProperties(result), ["ruleSet", result.ruleSet]];
  const suites = [...bySection(result.cases)].map(([section, cases]) => ({
    name: `conformance.${section}`,
    startedAt,
    properties,
    tests: cases.map((entry) => caseTest(entry, result)),
  }));
  const tests = [
    runTest(
      result,
      "the run is whole",
      suites.flatMap((suite) => suite.tests),
    ),
  ];
  return [...suites, { name: "conformance", startedAt, properties, tests }];
}

/** What a run says beside its single tests: that it was interrupted or not valid, or failed for a reason of its own. */
function runTest(result: Result, name: string, others: readonly TestCase[]): TestCase {
  const { verdict, reasons, run } = result;
  const outcome = (type: string): Outcome => ({
    type,
    message: reasons[0] ?? headlineOf(result).sentence.en,
    ...(reasons.length > 0 && { text: reasons.join("\n") }),
  });
  const test: TestCase = { name, seconds: 0 };
  if (verdict === "fail" && others.every(({ failure }) => failure === undefined)) {
    return { ...test, failure: outcome("verdict") };
  }
  if (run.partial) return { ...test, error: outcome("interrupted") };
  return verdict === "invalid" ? { ...test, error: outcome("invalid") } : test;
}

function caseTest(entry: CaseResult, result: ConformanceResult): TestCase {
  const test: TestCase = { name: `${entry.rule} ${entry.title} [${entry.id}]`, seconds: entry.durationMs / 1000 };
  const outcome: Outcome = {
    type: entry.level,
    message: entry.reason ?? statusWords[entry.status].en,
    text: failureText(entry),
  };
  switch (weightOf(entry, result)) {
    case "none":
      return entry.remarks === undefined ? test : { ...test, output: entry.remarks.join("\n") };
    case "failure":
      return { ...test, failure: outcome };
    case "error":
      return { ...test, error: { ...outcome, type: statusWords[entry.status].en } };
    case "aside":
      // Neither kind of reader knows warnings; the text keeps them findable.
      return {
        ...test,
        skipped: { type: statusWords[entry.status].en, message: `${statusWords[entry.status].en}: ${outcome.message}` },
        ...(entry.status === "notApplicable" ? {} : { output: failureText(entry) }),
      };
  }
}

function loadSuite(result: LoadResult): TestSuite {
  const checks = Object.entries(result.checks).map(([name, check]): TestCase => {
    const test: TestCase = { name: `check ${name}${check.title === undefined ? "" : `: ${check.title}`}`, seconds: 0 };
    if (check.violations === 0) return test;
    const message = `${check.violations} violations in ${check.checked} checked`;
    return {
      ...test,
      failure: { type: "violation", message, text: check.examples.map((example) => example.text).join("\n") },
    };
  });
  const thresholds = result.thresholds.map(({ expression, value, ok }): TestCase => {
    const test: TestCase = { name: `threshold ${expression}`, seconds: 0 };
    if (ok) return test;
    const message = `measured ${value ?? "nothing"}`;
    // Where the generator was the limit, a crossed threshold says nothing about the target.
    if (result.verdict === "fail") return { ...test, failure: { type: "threshold", message } };
    return { ...test, skipped: { type: "not judged", message: `not judged: ${message}` } };
  });
  const validity = runTest(result, "the measurement is valid", [...thresholds, ...checks]);
  return {
    name: `load.${result.scenario}`,
    startedAt: result.run.startedAt,
    properties: [...commonProperties(result), ...metricProperties(result)],
    tests: [{ ...validity, seconds: result.run.durationMs / 1000 }, ...thresholds, ...checks],
  };
}

function metricProperties(result: LoadResult): [string, string][] {
  return Object.entries(result.metrics).flatMap(([name, metric]): [string, string][] => [
    [`${name}.p50`, String(metric.p50)],
    [`${name}.p99`, String(metric.p99)],
    [`${name}.rate`, String(metric.rate)],
  ]);
}

function commonProperties(result: Result): [string, string][] {
  return [
    ["target", targetName(result)],
    ...(result.target.certificate === undefined
      ? []
      : [["certificate", result.target.certificate] satisfies [string, string]]),
    ["verdict", result.verdict],
    ["run", result.run.id],
    ["seed", String(result.run.seed)],
    ["command", result.run.command],
  ];
}

function totals(tests: readonly TestCase[]): string {
  const failures = tests.filter((test) => test.failure !== undefined).length;
  const errors = tests.filter((test) => test.error !== undefined).length;
  const seconds = tests.reduce((sum, test) => sum + test.seconds, 0);
  return `tests="${tests.length}" failures="${failures}" errors="${errors}" time="${seconds.toFixed(3)}"`;
}

function suiteXml(suite: TestSuite, index: number): string {
  const skipped = suite.tests.filter((test) => test.skipped !== undefined).length;
  const timestamp = suite.startedAt.slice(0, 19);
  return [
    `  <testsuite id="${index}" name="${escapeXmlAttribute(suite.name)}" ${totals(suite.tests)} skipped="${skipped}" timestamp="${timestamp}">`,
    "    <properties>",
    ...suite.properties.map(
      ([name, value]) => `      <property name="${escapeXmlAttribute(name)}" value="${escapeXmlAttribute(value)}"/>`,
    ),
    "    </properties>",
    ...suite.tests.map((test) => testXml(test, suite.name)),
    "  </testsuite>",
  ].join("\n");
}

function testXml(test: TestCase, suite: string): string {
  const head = `    <testcase classname="${escapeXmlAttribute(suite)}" name="${escapeXmlAttribute(test.name)}" time="${test.seconds.toFixed(3)}"`;
  const children = [
    ...(["skipped", "error", "failure"] as const).map((kind) => outcomeXml(kind, test[kind])),
    test.output === undefined ? "" : `      <system-out>${escapeXml(test.output)}</system-out>`,
  ].filter((child) => child !== "");
  return children.length === 0 ? `${head}/>` : `${head}>\n${children.join("\n")}\n    </testcase>`;
}

function outcomeXml(kind: string, outcome: Outcome | undefined): string {
  if (outcome === undefined) return "";
  const attributes = `type="${escapeXmlAttribute(outcome.type)}" message="${escapeXmlAttribute(outcome.message)}"`;
  return outcome.text === undefined
    ? `      <${kind} ${attributes}/>`
    : `      <${kind} ${attributes}>${escapeXml(outcome.text)}</${kind}>`;
}
