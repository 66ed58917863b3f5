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
  EncodedHistogram,
  HarnessUsage,
  IntervalLatency,
  LoadResult,
  MetricSummary,
  SeriesPoint,
  TargetUsage,
  ThresholdResult,
} from "./load.ts";
export type { CheckExample, CheckSummary, MachineUsage, Phase, ProcessSample } from "./load-parts.ts";
export { makeFolder, removeEmpty } from "./make-folder.ts";
export { readResult } from "./read.ts";
export type { Result } from "./result.ts";
export { resultSchema, validateResult } from "./schema.ts";
export type {
  ClockRecord,
  EncodedLatencies,
  HeldUpInterval,
  LoadRecord,
  MergedSlice,
  MergedSlices,
  SaturationRecord,
  SecondRecord,
  SlicedPlan,
  SliceRecord,
} from "./slice.ts";
export { visible, visibleLines, visibleText } from "./visible-text.ts";
export { RESULT_FILE, writeResult } from "./write.ts";
export { writeWhole } from "./write-whole.ts";
