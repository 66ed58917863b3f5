// The result file: the waist of the hour-glass. Everything that runs writes it, everything that reports reads it.
export { byCause, type Hindered } from "./cause.ts";
export {
  type Environment,
  type JsonValue,
  RESULT_SCHEMA_VERSION,
  type ResultBase,
  type Run,
  type Target,
  type Verdict,
} from "./common.ts";
export type {
  CaseResult,
  CaseStatus,
  ConformanceResult,
  ConformanceSummary,
  ConnectionTrace,
  EventTrace,
  FrameTrace,
  RuleLevel,
  RuleSection,
  TraceEntry,
} from "./conformance.ts";
export { exitCodeOf, worstVerdict } from "./exit-code.ts";
export type { FaultCourse, FaultRecord } from "./fault.ts";
export {
  decodeHistogram,
  encodeHistogram,
  mergeHistograms,
  type PercentilePoint,
  percentileCurve,
  summarizeHistogram,
} from "./histogram.ts";
export type {
  Capacity,
  CheckExample,
  CheckSummary,
  EncodedHistogram,
  HarnessUsage,
  IntervalLatency,
  LoadResult,
  MachineUsage,
  MetricSummary,
  Phase,
  ProcessSample,
  SeriesPoint,
  TargetUsage,
  ThresholdResult,
} from "./load.ts";
export { makeFolder, removeEmpty } from "./make-folder.ts";
export { readResult } from "./read.ts";
export type { Result } from "./result.ts";
export { resultSchema, validateResult } from "./schema.ts";
export { visible, visibleLines, visibleText } from "./visible-text.ts";
export { RESULT_FILE, writeResult } from "./write.ts";
export { writeWhole } from "./write-whole.ts";
