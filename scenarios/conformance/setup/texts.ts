import { type AxisValue, axes } from "../../rules/index.ts";

/** An invisible character that many a trim takes for a blank: ZERO WIDTH NO-BREAK SPACE. */
const INVISIBLE = "\ufeff";
/** A control character that is legal in a text. */
const CONTROL = "\u0001";

/** The characters of a content, of which a text is made by repeating them. */
const UNITS: Readonly<Record<AxisValue<"content">, string>> = {
  ascii: "abcdefg",
  "two-byte": "äöüß",
  "three-byte": "名字好",
  "four-byte": "😀🎉👍",
  composed: "\u00e9\u1ed9",
  decomposed: "e\u0301o\u0323\u0302",
  // Letters that Unicode's compatibility forms replace by plain ones.
  compatible: "Ａ１ﬁ①",
  "invisible-front": "x",
  "invisible-middle": "x",
  "invisible-end": "x",
  "control-front": "x",
  "control-middle": "x",
  "control-end": "x",
  "blank-front": "x",
  "blank-end": "x",
  quotes: `'"\``,
  backslashes: "\\n\\",
  "angle-brackets": "<b>&amp;</b>",
  percent: "%s%20%",
  "right-to-left": "العربية\u202e",
  "joined-emoji": "👩\u200d👧",
};

/** What a content has at a certain place, however long the text is. */
const PLACED: Partial<Readonly<Record<AxisValue<"content">, readonly [string, "front" | "middle" | "end"]>>> = {
  "invisible-front": [INVISIBLE, "front"],
  "invisible-middle": [INVISIBLE, "middle"],
  "invisible-end": [INVISIBLE, "end"],
  "control-front": [CONTROL, "front"],
  "control-middle": [CONTROL, "middle"],
  "control-end": [CONTROL, "end"],
  "blank-front": [" \n", "front"],
  "blank-end": ["\t ", "end"],
};

/** Contents of names, which a server may trim and which have no use for control characters. */
export const NAME_CONTENTS: readonly AxisValue<"content">[] = axes.content.filter(
  (name) => !/^(invisible|blank)-(front|end)|^control/.test(name),
);

const encoder = new TextEncoder();

/**
 * A text of exactly so many bytes. What room is left beside whole characters is filled with letters in front, so that
 * characters of several bytes lie across the powers of two behind them.
 * @param bytes at least 1; a content that needs more becomes letters alone
 */
export function textOfBytes(content: AxisValue<"content">, bytes: number): string {
  const [placed, place] = PLACED[content] ?? ["", "front"];
  let room = bytes - encoder.encode(placed).length;
  if (room < 0) return "x".repeat(bytes);
  const unit = [...UNITS[content]].map((character) => ({ character, size: encoder.encode(character).length }));
  const all = unit.reduce((sum, { size }) => sum + size, 0);
  let body = UNITS[content].repeat(Math.floor(room / all));
  room %= all;
  for (const { character, size } of unit) {
    if (size > room) break;
    body += character;
    room -= size;
  }
  return put(placed, place, "x".repeat(room) + body);
}

/** A text of so many characters, which are code points as a database counts them. */
export function textOfCharacters(content: AxisValue<"content">, characters: number): string {
  const [placed, place] = PLACED[content] ?? ["", "front"];
  const unit = [...UNITS[content]];
  const room = characters - [...placed].length;
  return put(placed, place, Array.from({ length: room }, (_, index) => unit[index % unit.length]).join(""));
}

function put(placed: string, place: "front" | "middle" | "end", text: string): string {
  if (place === "front") return placed + text;
  if (place === "end") return text + placed;
  const middle = Math.floor(text.length / 2);
  return text.slice(0, middle) + placed + text.slice(middle);
}
