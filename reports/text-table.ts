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

/**
 * Breaks a text into lines at blanks; none is cut.
 * @param indent in front of the lines after the first
 * @param start in front of the first
 */
export function wrap(text: string, indent = "", start = ""): string[] {
  const wrapped: string[] = [];
  let current = start;
  let isEmpty = true;
  for (const word of text.split(" ")) {
    if (isEmpty) current += word;
    else if (current.length + 1 + word.length <= WIDTH) current += ` ${word}`;
    else {
      wrapped.push(current);
      current = `${indent}${word}`;
    }
    isEmpty = false;
  }
  return [...wrapped, current];
}

/** Cuts what does not fit on a line. */
export function clip(text: string): string {
  return text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text;
}
