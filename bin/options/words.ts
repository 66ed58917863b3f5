import { kebab, type Row, type Rows } from "./row.ts";

/** The words with which a command line says the value of an option; none for what is not given. */
export function optionWords(name: string, value: unknown): string[] {
  const option = kebab(name);
  if (value === undefined) return [];
  if (value === true) return [`--${option}`];
  if (value === false) return [`--no-${option}`];
  return [value].flat().flatMap((item) => valueWords(option, String(item)));
}

/** A value that begins with a hyphen would be taken for an option if it stood by itself, and an empty one for none. */
function valueWords(option: string, value: string): string[] {
  return value === "" || value.startsWith("-") ? [`--${option}=${value}`] : [`--${option}`, value];
}

/** The words that say all that is given and differs from the default, in the order of the table. */
export function wordsOf(rows: Rows, values: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(rows).flatMap(([name, row]) =>
    isTold(row, values[name]) ? optionWords(name, values[name]) : [],
  );
}

function isTold(row: Row, value: unknown): boolean {
  return row.always === true || JSON.stringify(value) !== JSON.stringify(row.default);
}
