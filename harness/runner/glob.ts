import { templateOf } from "./case.ts";

/**
 * Whether an id matches a pattern in which `*` stands for any text. A pattern without `/` names rules: `MSG-07` is
 * every case of that rule, `MSG-*` of that section. One without brackets names a case with all its variants:
 * `MSG-07/resend`; one with brackets single variants: `MSG-07/resend[group,ws]`, `MSG-07/resend[*ws*]`.
 */
export function matches(pattern: string, id: string): boolean {
  const named = toRegExp(pattern);
  if (pattern.includes("[")) return named.test(id);
  const template = templateOf(id);
  return named.test(template) || (!pattern.includes("/") && named.test(id.slice(0, id.indexOf("/"))));
}

function toRegExp(pattern: string): RegExp {
  const escaped = pattern.split("*").map((piece) => piece.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".*")}$`);
}
