// Turns results into what a person or a CI reads. Pure functions from result to text; only writeReports writes.
export type { Allowed } from "./compare/comparable.ts";
export { type CompareOptions, compareResults, sideOf } from "./compare/compare.ts";
export type { Change, ChangedCase, ComparedFigure, Comparison, Side } from "./compare/comparison.ts";
export { comparisonMarkdown, comparisonText } from "./compare/comparison-text.ts";
export { parseTolerances, type Tolerances } from "./compare/tolerance.ts";
export { seriesCsv } from "./csv.ts";
export { failureText } from "./failure-text.ts";
export { defaultFigures, type FigureName, figureNamed, figureOf } from "./figures.ts";
export { githubAnnotations } from "./github.ts";
export { type Headline, headlineOf, leadingMetric, metricPhrase } from "./headline.ts";
export { comparisonPage } from "./html/comparison.ts";
export { historyPage } from "./html/history.ts";
export { LiveCharts, type LiveState, livePage, stateMessage } from "./html/live.ts";
export type { ChartsMessage, GoneMessage, StateMessage, TailMessage } from "./html/live-messages.ts";
export type { ChartedLoad } from "./html/load-charts.ts";
export { matrixPage } from "./html/matrix.ts";
export { htmlReport } from "./html/report.ts";
export { junit } from "./junit.ts";
export { markdown } from "./markdown.ts";
export { formatBytes, formatCount } from "./numbers.ts";
export { openTelemetryMetrics, sendOpenTelemetry } from "./opentelemetry.ts";
export { prometheus } from "./prometheus.ts";
export { pushToGateway } from "./push-gateway.ts";
export { type Outcome, outcomeOf, worstOutcome } from "./run-outcome.ts";
export { terminalSummary } from "./terminal.ts";
export { padded, widthOf, wrap } from "./text-table.ts";
export type { Whole } from "./whole.ts";
export { phasePhrase } from "./words/charts.ts";
export { gateWords } from "./words/gates.ts";
export { figureWords, referenceServer, subjects } from "./words/headlines.ts";
export { liveWords, stopWords } from "./words/live.ts";
export { wholeWords } from "./words/pages.ts";
export { asIs, inARow, type Language, type Phrase } from "./words/phrase.ts";
export { reasonPhrase } from "./words/reasons.ts";
export { summaryLines } from "./words/summaries.ts";
export { gateAnswers, partWords, statusWords } from "./words/verdicts.ts";
export {
  addToJobSummary,
  parseReportFormats,
  type ReportFormat,
  reportFiles,
  reportFormats,
  type WrittenReport,
  writeReports,
} from "./write-reports.ts";
