/** A row of a CSV file with the number of its first line, counted from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: string[];
}

/**
 * Reads CSV: cells between commas, in double quotes where they hold commas, quotes (doubled) or line breaks. Empty
 * lines and lines that start with `#` are left out.
 * @throws SyntaxError naming the line
 */
export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let line = 1;
  let start = 1;
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (!match) throw new SyntaxError(`line ${line}: a quote stands where none may be, or its pair is missing`);
    const [whole, quoted, plain, end] = match;
    cells.push(quoted === undefined ? (plain as string).trim() : quoted.replaceAll('""', '"'));
    line += whole.split("\n").length - 1;
    if (end === ",") {
      // A comma at the very end of the file opens one more, empty, cell.
      if (cell.lastIndex === text.length) cells.push("");
      else continue;
    }
    const isEmpty = cells.length === 1 && quoted === undefined && cells[0] === "";
    if (!isEmpty && !cells[0]?.startsWith("#")) rows.push({ line: start, cells });
    cells = [];
    start = line;
  }
  if (cells.length > 0) rows.push({ line: start, cells });
  return rows;
}
