/** Fits every terminal, and a quoted mail. */
const WIDTH = 80;

/** What a terminal shows two columns wide: Chinese characters and their punctuation. */
const WIDE = /[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/gu;
/** A line of Chinese may end behind any character, but none begins with a sign that closes what was before it. */
const CHARACTER = /[\u2e80-\u9fff\uff00-\uffef][，。：；！？、）”]*/gu;

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

/** Fills a text up with blanks to a width, in columns. */
export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** Columns as wide as their widest cell; the first flush left, figures flush right. The first line is the head. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(row[column] ?? ""))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const blanks = " ".repeat((widths[column] ?? 0) - widthOf(cell));
        return column === 0 ? cell + blanks : blanks + cell;
      })
      .join("  ")
      .trimEnd();
  return [head, ...rows].map(line);
}

/**
 * Breaks a text into lines at blanks and between Chinese characters; none is cut.
 * @param indent in front of the lines after the first
 * @param start in front of the first
 */
export function wrap(text: string, indent = "", start = ""): string[] {
  const wrapped: string[] = [];
  let current = start;
  let isEmpty = true;
  for (const { piece, blank } of piecesOf(text)) {
    if (isEmpty) current += piece;
    else if (widthOf(current) + blank.length + widthOf(piece) <= WIDTH) current += blank + piece;
    else {
      wrapped.push(current);
      current = `${indent}${piece}`;
    }
    isEmpty = false;
  }
  return [...wrapped, current];
}

/** What stays on one line, each with the blank in front of it. */
function piecesOf(text: string): { piece: string; blank: string }[] {
  return text.split(" ").flatMap((word, at) => {
    const pieces = word.replaceAll(CHARACTER, "\0$&\0").split("\0").filter(Boolean);
    const first = at === 0 ? "" : " ";
    if (pieces.length === 0) return [{ piece: "", blank: first }];
    return pieces.map((piece, place) => ({ piece, blank: place === 0 ? first : "" }));
  });
}

/** Cuts what does not fit on a line. */
export function clip(text: string): string {
  if (widthOf(text) <= WIDTH) return text;
  let kept = "";
  for (const character of text) {
    if (widthOf(kept) + widthOf(character) > WIDTH - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
