import type { Environment, Run, Target } from "../result/index.ts";

/** What the program that starts k6 knows and k6 itself cannot: it travels as JSON in `CUPPING_CONTEXT`. */
export interface RunContext {
  readonly tool: { readonly name: string; readonly version: string };
  /** `id`, `seed`, `command`, `label` of the run. */
  readonly run: Partial<Pick<Run, "id" | "seed" | "command" | "label">>;
  readonly target: Partial<Target>;
  readonly environment: Environment;
}

/** What stands in a result that k6 wrote without a starting program around it, e.g. in a pod. */
const unknownContext: RunContext = {
  tool: { name: "cupping", version: "unknown" },
  run: {},
  target: {},
  environment: { node: "none (k6)", os: "unknown", cpus: 1, memoryBytes: 0 },
};

/** Reads the context; what is missing is unknown. */
export function decodeContext(text: string | undefined): RunContext {
  return text ? { ...unknownContext, ...(JSON.parse(text) as Partial<RunContext>) } : unknownContext;
}
