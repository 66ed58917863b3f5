// The configuration file: what may stand in it, and how it is found and read. Published as `cupping/config`.

export {
  type CommonOptions,
  type CompareOptions,
  type ConformanceOptions,
  type CuppingConfig,
  defineConfig,
  type FaultOptions,
  type GateLoad,
  type GateOptions,
  type K6Options,
  type LoadOptions,
  type LoadSection,
  type OutputOptions,
  type ReportOptions,
  type ServeOptions,
  type ThresholdOption,
} from "./types.ts";
