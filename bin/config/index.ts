// The configuration file: what may stand in it, and how it is found and read. Published as `cupping/config`.
export {
  type CommonOptions,
  type ConformanceOptions,
  type CuppingConfig,
  defineConfig,
  type GateLoad,
  type LoadOptions,
  type ThresholdOption,
} from "./types.ts";
