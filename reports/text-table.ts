/** Fits every terminal, and a quoted mail. */
const WIDTH = 80;

/** Columns as wide as their widest cell; the first flush left, figures flush right. The first line is the head. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  return [head, ...rows].map(line);
}

/** Breaks a text into lines at blanks; the lines after the first are indented. */
export function wrap(text: string, indent = ""): string[] {
  const wrapped: string[] = [];
  let current = "";
  for (const word of text.split(" ")) {
    if (current !== "" && current.length + 1 + word.length > WIDTH) {
      wrapped.push(current);
      current = `${indent}${word}`;
    } else current = current === "" ? word : `${current} ${word}`;
  }
  return [...wrapped, current];
}

/** Cuts what does not fit on a line. */
export function clip(text: string): string {
  return text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text;
}
