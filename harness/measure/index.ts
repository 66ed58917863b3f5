// Measuring: latencies from the intended time, merged over workers, and the generator's watch over itself.
export { AwakeClock, NOTICED_PAUSE_MS } from "./awake-clock.ts";
export { nowMicros, toUnixMillis } from "./clock.ts";
export { ClockBound } from "./clock-bound.ts";
export { collectGarbage } from "./collect-garbage.ts";
export { ConnectionTable } from "./connection-table.ts";
export { formatDuration, parseDuration } from "./duration.ts";
export { HeldUpTimes } from "./held-up.ts";
export { judge } from "./judge-threshold.ts";
export { LatencyHistogram, MAX_LATENCY_MICROS } from "./latency-histogram.ts";
export { describeMachine, usableMemory, usableProcessors } from "./machine.ts";
export { MachineLoad } from "./machine-load.ts";
export { alwaysMeasured, type CounterName, latencyMetrics } from "./metrics.ts";
export { PauseWatch } from "./pause-watch.ts";
export { ProcessSeries } from "./process-series.ts";
export { parseRate } from "./rate.ts";
export { Recorder, type RecorderFlush } from "./recorder.ts";
export { describePause, type MetLimit, SaturationJudge } from "./saturation.ts";
export { SelfMonitor, type SelfSample } from "./self-monitor.ts";
export { Series, type WorkerSecond } from "./series.ts";
export { summaryFigures } from "./summary-figures.ts";
export { TargetUsage } from "./target-usage.ts";
export {
  evaluate,
  parseThreshold,
  readThreshold,
  requireKnownMetric,
  type Threshold,
  type ThresholdFigures,
} from "./threshold.ts";
export { Totals } from "./totals.ts";
