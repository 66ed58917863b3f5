import type { Capsule, RecordedTarget } from "../conformance/capsule.ts";
import { type ConformanceArguments, conformanceOptions } from "../options/conformance.ts";
import type { ReplayArguments } from "../options/replay.ts";
import { defaultsOf } from "../options/row.ts";
import { targetRows } from "../options/target.ts";

/** What a capsule is played against. */
export interface Against {
  readonly args: ConformanceArguments;
  /** The first line of what replay says. */
  readonly sentence: string;
}

/**
 * The target of a replay: the capsule's own, a mutant included, unless the command line or the configuration names one.
 * Accounts that are named there win in either case.
 */
export function chooseAgainst(args: ReplayArguments, capsule: Capsule): Against {
  const { timers, timeoutScale, against: recorded, case: id } = capsule;
  const isNamed = args.target !== undefined || args.mutant.length > 0;
  const { mutant: _, target = targetRows.target.default, ...others } = args;
  const given = isNamed || recorded === undefined ? { ...args, target } : { ...recorded, ...others };
  const chosen = { ...defaultsOf(conformanceOptions.rows), ...given, timers, timeoutScale };
  const now = nameOf(chosen);
  const then = recorded && nameOf(recorded);
  const comparison =
    then === undefined
      ? "; the capsule does not say what it was recorded against"
      : then === now
        ? ", as recorded"
        : `; it was recorded against ${then}`;
  return { args: chosen, sentence: `playing ${id} against ${now}${comparison}` };
}

function nameOf({ target, mutant }: RecordedTarget): string {
  if (target === "container") return "the server in a container";
  if (target !== "ref") return target;
  if (mutant.length === 0) return "the reference server";
  return `the reference server with the mutant${mutant.length > 1 ? "s" : ""} ${mutant.join(", ")}`;
}
