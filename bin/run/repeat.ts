import type { Rows } from "../options/row.ts";
import { wordsOf } from "../options/words.ts";
import { quoteWord } from "./quote-word.ts";

/**
 * The command line that repeats a run, for a POSIX shell, in the form in which the documents call the tool. It holds no
 * secrets: passwords are in no option. A run that took anything from a configuration file says all of it, and is
 * repeated without the file.
 * @param words the command and what it is about, e.g. `load chat`
 * @param rows its options; those that are about output alone are left out
 * @param values the parsed options, with the seed that was drawn
 */
export function repeatLine(words: readonly string[], rows: Rows, values: Readonly<Record<string, unknown>>): string {
  const told = Object.fromEntries(Object.entries(rows).filter(([, { output }]) => output !== true));
  const alone = values["config"] === undefined ? [] : ["--no-config"];
  return ["npx", "cupping", ...words, ...wordsOf(told, values), ...alone].map(quoteWord).join(" ");
}
