/** What a terminal obeys: C0 but tab and line feed, DEL, C1, and what turns the direction of writing. */
const CONTROLS = /(?!\t|\n)\p{Cc}|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
/** As JSON escapes C0 itself wherever a message is written, its C0 may stay. */
const BEYOND_JSON = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
/** Orders to a CI service in what a job logs: `::error::text` at the start of a line, `##[group]` and `##vso[…]` anywhere. */
const ORDERS = /:(?=:[\w-]+(?:\s[^\n]*?)?::)|#(?=#(?:vso)?\[)/g;
/** Line breaks, but for those of a stack trace of our own. */
const LINE_BREAKS = /\n(?!\s+at )/g;

const escaped = (character: string): string => {
  if (character === "\r") return "\\r";
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
};

/**
 * A text of several lines in which nothing is hidden and nothing gives orders: control characters, marks of direction
 * and commands to CI services read `\u001b`. What is visible stays as it is, so that doing it twice does no harm.
 */
export function visibleLines(text: string): string {
  return text.replaceAll(CONTROLS, escaped).replaceAll(ORDERS, escaped);
}

/** The same for a text that is one line wherever it is shown: its line breaks read `\n`. */
export function visibleText(text: string): string {
  return visibleLines(text).replaceAll(LINE_BREAKS, "\\n");
}

/**
 * Data as JSON holds it with every text as {@link visibleText} gives it, whoever wrote it: for what is shown to people.
 * A decoded `message` keeps what JSON escapes by itself. What needs no change is not copied.
 */
export function visible<T>(value: T): T {
  return mapTexts(value, visibleText) as T;
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => mapTexts(item, change));
    return items.some((item, at) => item !== value[at]) ? items : value;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const shown = entries.map(([name, item]) => mapTexts(item, name === "message" ? visibleInJson : change));
  if (shown.every((item, at) => item === entries[at]?.[1])) return value;
  return Object.fromEntries(entries.map(([name], at) => [name, shown[at]]));
}

function visibleInJson(text: string): string {
  return text.replaceAll(BEYOND_JSON, escaped).replaceAll(ORDERS, escaped);
}
