import { matchesWildcard } from "../wildcard.ts";
import { templateOf } from "./case.ts";

/**
 * Whether an id matches a pattern in which `*` stands for any text. A pattern without `/` names rules: `MSG-07` is
 * every case of that rule, `MSG-*` of that section. One without brackets names a case with all its variants:
 * `MSG-07/resend`; one with brackets single variants: `MSG-07/resend[group,ws]`, `MSG-07/resend[*ws*]`.
 */
export function matches(pattern: string, id: string): boolean {
  if (pattern.includes("[")) return matchesWildcard(pattern, id);
  const rule = id.slice(0, id.indexOf("/"));
  return matchesWildcard(pattern, templateOf(id)) || (!pattern.includes("/") && matchesWildcard(pattern, rule));
}
