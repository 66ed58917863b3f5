/** Whether a text matches a pattern in which `*` stands for any text, and every other character for itself. */
export function matchesWildcard(pattern: string, text: string): boolean {
  const escaped = pattern.split("*").map((piece) => piece.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".*")}$`, "s").test(text);
}
