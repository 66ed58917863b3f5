import type { LoadResult } from "../../harness/result/index.ts";
import { terminalSummary } from "../../reports/index.ts";

/** As many as a result keeps of each check. */
const ALL_EXAMPLES = 10;

/**
 * The result of a run for a person at a terminal.
 * @param isVerbose every example that was kept instead of the first few
 */
export function summarizeLoad(result: LoadResult, isVerbose: boolean = false): string {
  const color = process.stderr.isTTY === true && !process.env["NO_COLOR"];
  return `${terminalSummary([result], { color, ...(isVerbose && { examples: ALL_EXAMPLES }) })}\n`;
}
