import { glob } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { CuppingError } from "../../harness/errors.ts";
import { type CaseResult, type ConformanceResult, readResult } from "../../harness/result/index.ts";
import { RESULT_FOLDERS } from "../run/folder.ts";

/** The cases that an earlier run leaves to be mended. */
export interface LastFailed {
  /** The folder of that run. */
  readonly folder: string;
  /** Their ids; none when all is well. */
  readonly ids: readonly string[];
}

/** Whether a case has to be looked at again: a listed one is known, and one that could not run may be able to now. */
function isOpen({ status, listed }: CaseResult): boolean {
  return listed !== true && (status === "failed" || status === "couldNotRun" || status === "errored");
}

/**
 * What failed or could not run in the newest suite: that in the folder `out`, where one is named, else below the
 * current folder.
 * @throws CuppingError `usage` when there is none
 */
export async function findLastFailed(out: string | undefined): Promise<LastFailed> {
  let newest: { result: ConformanceResult; folder: string } | undefined;
  const pattern = out === undefined ? join(RESULT_FOLDERS, "*", "result.json") : join(out, "result.json");
  for await (const path of glob(pattern)) {
    const result = await readResult(path).catch(() => undefined);
    if (result?.kind !== "conformance") continue;
    if (newest === undefined || result.run.startedAt > newest.result.run.startedAt) {
      newest = { result, folder: dirname(path) };
    }
  }
  if (newest === undefined) {
    const where = out ?? RESULT_FOLDERS;
    throw new CuppingError("usage", `--last-failed finds no result of an earlier conformance run in ${where}`);
  }
  const ids = newest.result.cases.filter(isOpen).map(({ id }) => id);
  return { folder: relative("", newest.folder) || ".", ids };
}
