import { ServerError } from "../errors.ts";

/** One record of a CSV text with the line it starts on (from 1). */
export interface CsvRecord {
  line: number;
  fields: string[];
}

/**
 * The records of a comma-separated text after RFC 4180: fields may stand in double quotes, a quote inside them is
 * doubled, lines end with LF or CRLF. Blanks around an unquoted field, empty lines and lines that start with `#` are
 * left out.
 * @throws ServerError `bad-csv` for a quote that is not closed or stands inside an unquoted field
 */
export function parseCsv(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  const scanner = { text: text.startsWith("\uFEFF") ? text.slice(1) : text, at: 0, line: 1 };
  while (scanner.at < scanner.text.length) {
    const line = scanner.line;
    const comment = scanner.text[scanner.at] === "#";
    const fields = comment ? skipLine(scanner) : readRecord(scanner);
    if (fields.length > 1 || fields[0]) records.push({ line, fields });
  }
  return records;
}

interface Scanner {
  text: string;
  at: number;
  line: number;
}

function skipLine(scanner: Scanner): string[] {
  const end = scanner.text.indexOf("\n", scanner.at);
  scanner.at = end === -1 ? scanner.text.length : end + 1;
  scanner.line++;
  return [];
}

function readRecord(scanner: Scanner): string[] {
  const fields: string[] = [];
  for (;;) {
    fields.push(scanner.text[scanner.at] === '"' ? readQuoted(scanner) : readPlain(scanner));
    const end = scanner.text[scanner.at];
    scanner.at++;
    if (end === ",") continue;
    if (end === "\r") scanner.at++;
    scanner.line++;
    return fields;
  }
}

/** Reads up to the comma or the line's end, which stays unread. */
function readPlain(scanner: Scanner): string {
  const start = scanner.at;
  while (scanner.at < scanner.text.length && !endsField(scanner)) scanner.at++;
  const field = scanner.text.slice(start, scanner.at);
  if (field.includes('"')) {
    throw new ServerError(
      "bad-csv",
      `line ${scanner.line}: a quote inside a field; put the whole field in quotes and double it`,
    );
  }
  return field.trim();
}

function readQuoted(scanner: Scanner): string {
  const opened = scanner.line;
  let field = "";
  scanner.at++;
  for (; scanner.at < scanner.text.length; scanner.at++) {
    const character = scanner.text[scanner.at];
    if (character === "\n") scanner.line++;
    if (character !== '"') {
      field += character;
      continue;
    }
    scanner.at++;
    if (scanner.text[scanner.at] === '"') {
      field += '"';
      continue;
    }
    if (scanner.at < scanner.text.length && !endsField(scanner)) {
      throw new ServerError(
        "bad-csv",
        `line ${scanner.line}: text behind a closing quote; expected a comma or the end of the line`,
      );
    }
    return field;
  }
  throw new ServerError("bad-csv", `line ${opened}: a quote that is never closed`);
}

function endsField({ text, at }: Scanner): boolean {
  return text[at] === "," || text[at] === "\n" || (text[at] === "\r" && text[at + 1] === "\n");
}
