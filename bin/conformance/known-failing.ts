import { type CaseResult, type ConformanceResult, visibleText, writeWhole } from "../../harness/result/index.ts";
import { formatCaseList, isOfThisMachine } from "../../harness/runner/index.ts";
import { fromHere } from "../run/output.ts";

/**
 * Writes what failed or could not run as a list for `--known-failing`, and says so. What a run has not come to that was
 * interrupted or given up is known to nobody: nothing is written then.
 * @param givenUp why the run was given up, when it was
 * @returns the paths written
 * @throws CuppingError `harness` when the file cannot be written
 */
export async function writeKnownFailing(
  path: string,
  { cases, run }: ConformanceResult,
  givenUp: string | undefined,
): Promise<string[]> {
  const why = givenUp ?? (run.partial ? "the run was interrupted" : undefined);
  if (why !== undefined) {
    tell(`${fromHere(path)} is not written, because what fails is not known: ${why}`);
    return [];
  }
  const failed = cases.filter(({ status }) => status === "failed" || status === "knownFailing");
  const unable = cases.filter((one) => one.status === "couldNotRun" && !isOfThisMachine(one));
  const written = await writeWhole(path, formatCaseList([...failed, ...unable].map(toLine)));
  const counts = `${failed.length} cases that failed and ${unable.length} that could not run`;
  tell(`${fromHere(path)} lists ${counts}; give it to --known-failing, and a listed case that passes fails the run`);
  return [written];
}

function toLine({ id, status, reason = "" }: CaseResult): { id: string; reason: string } {
  return { id, reason: status === "couldNotRun" ? `could not run: ${reason}` : reason };
}

function tell(sentence: string): void {
  process.stderr.write(`${visibleText(sentence)}\n`);
}
