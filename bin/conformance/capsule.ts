import { join } from "node:path";
import { CuppingError } from "../../harness/errors.ts";
import {
  type CaseResult,
  type CaseStatus,
  type ConformanceResult,
  visible,
  writeWhole,
} from "../../harness/result/index.ts";
import type { Limits, Recording } from "../../harness/runner/index.ts";
import { systemReason } from "../../harness/system-reason.ts";
import { readText } from "../../harness/text-file.ts";
import { accountRows } from "../options/accounts.ts";
import { type ConformanceArguments, suiteTargetRows } from "../options/conformance.ts";
import { containerRows } from "../options/container.ts";
import { mutantRows } from "../options/reference-server.ts";
import { argumentsFor } from "../options/row.ts";
import { targetRows } from "../options/target.ts";
import { CAPSULES, capsuleFile } from "./capsule-name.ts";

/** What is worth one. */
const FAILURES: ReadonlySet<CaseStatus> = new Set(["failed", "warned", "flaky", "knownFailing"]);
/** What a run says of its target. It holds no secrets: passwords are in no option. */
const recordedRows = { target: targetRows.target, http: targetRows.http, ...suiteTargetRows, ...containerRows };
const recordedAccountRows = { ...accountRows, ...mutantRows };

/** The target of a run, as its command line named it. */
export type RecordedTarget = Pick<ConformanceArguments, "target" | "mutant"> & Partial<ConformanceArguments>;

/** What of a run's arguments a capsule holds. */
export function recordedTarget(args: ConformanceArguments): RecordedTarget {
  return { ...argumentsFor(recordedRows, args), ...argumentsFor(recordedAccountRows, args) };
}

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
  /** The limits that the target stated, where it stated any. */
  readonly limits?: Readonly<Record<string, number>>;
  /** Undefined in capsules of older versions. */
  readonly against?: RecordedTarget;
  /** What came of the case then, with its frames. */
  readonly recorded: CaseResult;
  /** What each of its connections did, byte for byte, for `cupping replay --frames`. Passwords and tokens are left out. */
  readonly recording?: Recording;
}

/** Names the capsule of each failure in the result, so that every report can tell it. */
export function nameCapsules(result: ConformanceResult): ConformanceResult {
  for (const one of result.cases) {
    if (FAILURES.has(one.status)) one.capsule = capsuleFile(one.id);
  }
  return result;
}

/** Writes the capsules that a result names. @throws CuppingError `harness` */
export async function writeCapsules(
  dir: string,
  result: ConformanceResult,
  run: { args: ConformanceArguments; limits: Limits; recordings: ReadonlyMap<string, Recording> },
): Promise<void> {
  for (const { capsule: file, ...failure } of result.cases) {
    if (file === undefined) continue;
    const recording = run.recordings.get(failure.id);
    const capsule: Capsule = {
      capsule: VERSION,
      tool: result.tool.version,
      ruleSet: result.ruleSet,
      case: failure.id,
      seed: result.run.seed,
      timers: run.args.timers,
      timeoutScale: run.args.timeoutScale,
      ...(run.limits.size > 0 && { limits: Object.fromEntries(run.limits) }),
      against: recordedTarget(run.args),
      recorded: failure,
      ...(recording && { recording }),
    };
    await writeWhole(join(dir, file), `${JSON.stringify(capsule, undefined, 1)}\n`);
  }
}

/** @throws CuppingError `usage` when the file cannot be read or is no capsule */
export function readCapsule(path: string): Capsule {
  let content: Partial<Capsule> | null;
  try {
    content = JSON.parse(readText(path)) as Partial<Capsule> | null;
  } catch (cause) {
    throw new CuppingError("usage", `cannot read the capsule ${path}: ${systemReason(cause)}`, { cause });
  }
  const known = content?.capsule === VERSION && typeof content.case === "string" && typeof content.seed === "number";
  if (!known || content?.recorded === undefined) {
    throw new CuppingError(
      "usage",
      `${path} is not a capsule of a recorded failure; conformance runs write them to ${CAPSULES}/`,
    );
  }
  return { ...content, recorded: visible(content.recorded) } as Capsule;
}
