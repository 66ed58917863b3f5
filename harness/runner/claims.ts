import { CuppingError } from "../errors.ts";
import { systemReason } from "../system-reason.ts";
import { readText } from "../text-file.ts";
import type { ConformanceCase } from "./case.ts";
import { type Limits, NO_LIMITS } from "./limits.ts";

/** What a target is asked for: only what CoffeeChat documents and implements, or everything. */
export type Profile = "full" | "upstream";

/** Where a capability comes from; see the rule table. */
export type CapabilityOrigin = "upstream" | "extension" | "choice";

/** The capabilities that a target claims, by name. */
export type Claims = ReadonlySet<string>;

/** What a target says of itself. */
export interface Statement {
  readonly claims: Claims;
  /** The capabilities that it claims by name, and not because its profile does. */
  readonly demanded: Claims;
  readonly limits: Limits;
}

/** What a target may say of itself. */
export interface Known {
  readonly capabilities: ReadonlyMap<string, CapabilityOrigin>;
  /** The limits that may be stated, each with the lowest and the highest number. */
  readonly limits: ReadonlyMap<string, { readonly least: number; readonly most: number }>;
}

/** The key beside the capabilities under which a target states its limits. */
const LIMITS = "limits";

/** What a profile claims: `upstream` leaves out the extensions, and neither declares a choice. */
export function claimsOf(profile: Profile, known: ReadonlyMap<string, CapabilityOrigin>): Claims {
  return new Set(
    [...known]
      .filter(([, origin]) => origin === "upstream" || (origin === "extension" && profile === "full"))
      .map(([name]) => name),
  );
}

/**
 * Changes a profile's claims by a file, or by what would stand in it: JSON with one object of capability names and true
 * or false. Beside them `limits` may hold an object of the target's own limits.
 * @throws CuppingError `usage` when the file cannot be read, or names an unknown capability or limit
 */
export function readStatement(path: string, base: Claims, known: Known): Statement {
  let content: unknown;
  try {
    content = JSON.parse(path.trimStart().startsWith("{") ? path : readText(path));
  } catch (cause) {
    throw new CuppingError("usage", `--capabilities: cannot read ${path}: ${systemReason(cause)}`, { cause });
  }
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    throw new CuppingError(
      "usage",
      `${path}: expected one JSON object of capabilities, such as {"deduplication": false}`,
    );
  }
  const { [LIMITS]: stated, ...capabilities } = content as Readonly<Record<string, unknown>>;
  const claims = new Set(base);
  const demanded = new Set<string>();
  for (const [name, claimed] of Object.entries(capabilities)) {
    if (!known.capabilities.has(name)) {
      const names = [...known.capabilities.keys(), LIMITS].join(", ");
      throw new CuppingError("usage", `${path}: there is no capability "${name}"; there are ${names}`);
    }
    if (typeof claimed !== "boolean") throw new CuppingError("usage", `${path}: "${name}" must be true or false`);
    if (claimed) {
      claims.add(name);
      demanded.add(name);
    } else claims.delete(name);
  }
  return { claims, demanded, limits: stated === undefined ? NO_LIMITS : readLimits(path, stated, known.limits) };
}

function readLimits(path: string, stated: unknown, known: Known["limits"]): Limits {
  if (typeof stated !== "object" || stated === null || Array.isArray(stated)) {
    throw new CuppingError("usage", `${path}: "${LIMITS}" must be an object of numbers, such as {"sessions": 50}`);
  }
  const limits = new Map<string, number>();
  for (const [name, limit] of Object.entries(stated)) {
    const bounds = known.get(name);
    if (bounds === undefined) {
      const names = [...known.keys()].join(", ");
      throw new CuppingError("usage", `${path}: there is no limit "${name}"; there are ${names}`);
    }
    const { least, most } = bounds;
    if (!Number.isSafeInteger(limit) || (limit as number) < least || (limit as number) > most) {
      throw new CuppingError("usage", `${path}: the limit "${name}" must be a whole number from ${least} to ${most}`);
    }
    limits.set(name, limit as number);
  }
  return limits;
}

/** Why a case does not concern a target that says this of itself; undefined when it does. */
export function notClaimed(one: ConformanceCase, claims: Claims, limits: Limits = NO_LIMITS): string | undefined {
  const missing = one.capabilities.filter((name) => !claims.has(name));
  if (missing.length > 0) return `the target does not claim ${missing.join(" and ")}`;
  const declared = one.unless.filter((name) => claims.has(name));
  if (declared.length > 0) return `the target declares ${declared.join(" and ")}`;
  if (one.atLimit !== undefined && !limits.has(one.atLimit)) return `the target states no limit of ${one.atLimit}`;
  for (const [name, count] of Object.entries(one.asks ?? {})) {
    const limit = limits.get(name) ?? count;
    if (limit < count) return `the target states that it keeps ${limit} ${name}, and the case asks for ${count}`;
  }
  return undefined;
}
