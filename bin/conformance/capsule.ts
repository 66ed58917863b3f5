import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CuppingError } from "../../harness/errors.ts";
import type { CaseResult, ConformanceResult } from "../../harness/result/index.ts";
import type { Recording } from "../../harness/runner/index.ts";

/** Folder of the capsules beside the result. */
const FOLDER = "capsules";
/** Version of the capsule's form. */
const VERSION = 1;

/** One recorded failure, with all that it takes to make it happen again. */
export interface Capsule {
  readonly capsule: typeof VERSION;
  readonly tool: string;
  readonly ruleSet: string;
  readonly case: string;
  /** With the same seed the case makes the same data and the same random history. */
  readonly seed: number;
  /** The target's timers, as `--timers` takes them. */
  readonly timers: string;
  readonly timeoutScale: number;
  /** What came of the case then, with its frames. */
  readonly recorded: CaseResult;
  /** What each of its connections did, byte for byte, for `cupping replay --frames`. Passwords and tokens are left out. */
  readonly recording?: Recording;
}

/** Writes a capsule for each failure of a run, and notes its path in the result. */
export function writeCapsules(
  dir: string,
  result: ConformanceResult,
  run: { timers: string; timeoutScale: number; recordings: ReadonlyMap<string, Recording> },
): void {
  const failures = result.cases.filter(({ status }) => ["failed", "warned", "flaky", "knownFailing"].includes(status));
  if (failures.length === 0) return;
  try {
    mkdirSync(join(dir, FOLDER), { recursive: true });
    for (const failure of failures) {
      const file = `${FOLDER}/${failure.id.replaceAll("/", "_")}.json`;
      const capsule: Capsule = {
        capsule: VERSION,
        tool: result.tool.version,
        ruleSet: result.ruleSet,
        case: failure.id,
        seed: result.run.seed,
        timers: run.timers,
        timeoutScale: run.timeoutScale,
        recorded: failure,
        ...(run.recordings.has(failure.id) && { recording: run.recordings.get(failure.id) as Recording }),
      };
      writeFileSync(join(dir, file), `${JSON.stringify(capsule, undefined, 1)}\n`);
      failure.capsule = file;
    }
  } catch (cause) {
    throw new CuppingError("harness", `could not write capsules into ${dir}: ${(cause as Error).message}`, { cause });
  }
}

/** @throws CuppingError `usage` when the file cannot be read or is no capsule */
export function readCapsule(path: string): Capsule {
  let content: Partial<Capsule> | null;
  try {
    content = JSON.parse(readFileSync(path, "utf8")) as Partial<Capsule> | null;
  } catch (cause) {
    throw new CuppingError("usage", `cannot read the capsule ${path}: ${(cause as Error).message}`, { cause });
  }
  const known = content?.capsule === VERSION && typeof content.case === "string" && typeof content.seed === "number";
  if (!known || content?.recorded === undefined) {
    throw new CuppingError(
      "usage",
      `${path} is not a capsule of a recorded failure; conformance runs write them to ${FOLDER}/`,
    );
  }
  return content as Capsule;
}
