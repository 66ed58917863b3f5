import { RESULT_SCHEMA_VERSION } from "./common.ts";

/** A result file as parsed, of any version. */
export type AnyVersion = Record<string, unknown> & { schemaVersion: number };

/** Turns a result of the version it is filed under into the next version. */
export type Upgrade = (old: AnyVersion) => Record<string, unknown>;

/**
 * One reader per earlier version. When the format changes incompatibly: raise RESULT_SCHEMA_VERSION, file here how
 * the version before becomes the new one, and leave a result of the old version in `examples/`, which a test reads.
 */
const upgrades: ReadonlyMap<number, Upgrade> = new Map();

/** Brings a result to the current version step by step. Returns undefined when no path leads there. */
export function upgradeResult(
  result: AnyVersion,
  current: number = RESULT_SCHEMA_VERSION,
  steps: ReadonlyMap<number, Upgrade> = upgrades,
): AnyVersion | undefined {
  let upgraded = result;
  while (upgraded.schemaVersion !== current) {
    const step = steps.get(upgraded.schemaVersion);
    if (step === undefined) return undefined;
    upgraded = { ...step(upgraded), schemaVersion: upgraded.schemaVersion + 1 };
  }
  return upgraded;
}
