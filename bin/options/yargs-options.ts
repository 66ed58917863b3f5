import type { Options } from "yargs";
import { kebab, type Row, type Rows } from "./row.ts";

/**
 * The definition of options for the parser of the command line.
 * @param otherwise what `--help` says of the default of an option that has none in its row, by its name there; it
 * also stands in place of what the row says
 */
export function yargsOptions<Table extends Rows>(
  rows: Table,
  otherwise?: Readonly<Partial<Record<keyof Table & string, string | number>>>,
): Record<string, Options> {
  const said: Readonly<Record<string, string | number | undefined>> = otherwise ?? {};
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [kebab(name), definition(row, said[name])]));
}

function definition(row: Row, otherwise: string | number | undefined = row.otherwise): Options {
  return {
    ...kind(row),
    describe: row.describe,
    ...(row.default !== undefined && { default: row.default }),
    ...(otherwise !== undefined && { defaultDescription: String(otherwise) }),
    ...(row.group !== undefined && { group: row.group }),
  };
}

function kind(row: Row): Options {
  if (row.type === "choice") return { choices: row.choices };
  if (row.type !== "list") return { type: row.type };
  return {
    type: "string",
    array: true,
    ...(row.choices && { choices: row.choices }),
    ...(row.nargs && { nargs: row.nargs }),
  };
}
