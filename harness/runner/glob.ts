import { matchesWildcard } from "../wildcard.ts";
import { templateOf } from "./case.ts";

/** A name with values in brackets: a variant's id, or a pattern for some. */
const WITH_VALUES = /^(.*)\[(.*)\]$/;

/**
 * Whether an id matches a pattern in which `*` stands for any text. A pattern without `/` names rules: `MSG-07` is
 * every case of that rule, `MSG-*` of that section. One without brackets names a case with all its variants:
 * `MSG-07/resend`; one with brackets the variants that have all these values, in any order: `MSG-07/resend[group,ws]`,
 * `MSG-07/resend[*ws*]`.
 */
export function matches(pattern: string, id: string): boolean {
  const [, name, values] = WITH_VALUES.exec(pattern) ?? [];
  if (name === undefined || values === undefined) return matchesName(pattern, id);
  const own = WITH_VALUES.exec(id)?.[2]?.split(",");
  const hasAll = values.split(",").every((value) => own?.includes(value.trim()));
  return matchesWildcard(pattern, id) || (hasAll && matchesName(name, id));
}

function matchesName(pattern: string, id: string): boolean {
  const rule = id.slice(0, id.indexOf("/"));
  return matchesWildcard(pattern, templateOf(id)) || (!pattern.includes("/") && matchesWildcard(pattern, rule));
}
