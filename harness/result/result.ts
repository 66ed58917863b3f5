import type { ConformanceResult } from "./conformance.ts";
import type { LoadResult } from "./load.ts";

/** What a result file holds; `kind` tells which. */
export type Result = ConformanceResult | LoadResult;
