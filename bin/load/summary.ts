import type { LoadResult } from "../../harness/result/index.ts";
import { terminalSummary } from "../../reports/index.ts";
import type { Outlet } from "../run/output.ts";

/** As many as a result keeps of each check. */
const ALL_EXAMPLES = 10;

/**
 * Tells people what came of a load.
 * @param isVerbose every example that was kept instead of the first few
 */
export function tellLoad(result: LoadResult, { color, language, say }: Outlet, isVerbose: boolean = false): void {
  const summary = terminalSummary([result], { color, language, ...(isVerbose && { examples: ALL_EXAMPLES }) });
  say(`${summary}\n`);
}
