// The configuration file: what may stand in it, and how it is found and read. Published as `cupping/config`.

export type { CommonOptions, ThresholdOption } from "./common-types.ts";
export type {
  CompareOptions,
  FaultOptions,
  GateOptions,
  K6Options,
  OutputOptions,
  ReportOptions,
  ServeOptions,
} from "./section-types.ts";
export {
  type ConformanceOptions,
  type CuppingConfig,
  defineConfig,
  type GateLoad,
  type LoadOptions,
  type LoadSection,
} from "./types.ts";
