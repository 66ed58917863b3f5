import { CuppingError } from "../errors.ts";
import { readText } from "../text-file.ts";
import type { ConformanceCase } from "./case.ts";

/** What a target is asked for: only what CoffeeChat documents and implements, or everything. */
export type Profile = "full" | "upstream";

/** Where a capability comes from; see the rule table. */
export type CapabilityOrigin = "upstream" | "extension" | "choice";

/** The capabilities that a target claims, by name. */
export type Claims = ReadonlySet<string>;

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
 * or false.
 * @throws CuppingError `usage` when the file cannot be read or names an unknown capability
 */
export function readClaims(path: string, base: Claims, known: ReadonlyMap<string, CapabilityOrigin>): Claims {
  let content: unknown;
  try {
    content = JSON.parse(path.trimStart().startsWith("{") ? path : readText(path));
  } catch (cause) {
    throw new CuppingError("usage", `--capabilities: cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    throw new CuppingError(
      "usage",
      `${path}: expected one JSON object of capabilities, such as {"deduplication": false}`,
    );
  }
  const claims = new Set(base);
  for (const [name, claimed] of Object.entries(content)) {
    if (!known.has(name)) {
      throw new CuppingError(
        "usage",
        `${path}: there is no capability "${name}"; there are ${[...known.keys()].join(", ")}`,
      );
    }
    if (typeof claimed !== "boolean") throw new CuppingError("usage", `${path}: "${name}" must be true or false`);
    if (claimed) claims.add(name);
    else claims.delete(name);
  }
  return claims;
}

/** Why a case does not concern a target with these claims; undefined when it does. */
export function notClaimed(one: ConformanceCase, claims: Claims): string | undefined {
  const missing = one.capabilities.filter((name) => !claims.has(name));
  if (missing.length > 0) return `the target does not claim ${missing.join(" and ")}`;
  const declared = one.unless.filter((name) => claims.has(name));
  if (declared.length > 0) return `the target declares ${declared.join(" and ")}`;
  return undefined;
}
