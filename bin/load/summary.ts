import type { LoadResult } from "../../harness/result/index.ts";
import { terminalSummary } from "../../reports/index.ts";
import { isColored } from "../run/output.ts";

/** As many as a result keeps of each check. */
const ALL_EXAMPLES = 10;

/**
 * Tells a person at a terminal what came of a load.
 * @param isVerbose every example that was kept instead of the first few
 */
export function tellLoad(result: LoadResult, isVerbose: boolean = false): void {
  const summary = terminalSummary([result], { color: isColored(), ...(isVerbose && { examples: ALL_EXAMPLES }) });
  process.stderr.write(`${summary}\n\n`);
}
