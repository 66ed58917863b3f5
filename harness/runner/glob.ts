/**
 * Whether an id matches a pattern in which `*` stands for any text. A pattern without `/` names rules: `MSG-07` is
 * every case of that rule, `MSG-*` of that section.
 */
export function matches(pattern: string, id: string): boolean {
  const rule = id.slice(0, id.indexOf("/"));
  return toRegExp(pattern).test(pattern.includes("/") ? id : rule) || toRegExp(pattern).test(id);
}

function toRegExp(pattern: string): RegExp {
  const escaped = pattern.split("*").map((piece) => piece.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".*")}$`);
}
