import type { Argv, Options } from "yargs";
import { requireWithin } from "../../harness/number-limits.ts";
import { kebab, type Row, type Rows } from "./row.ts";

/**
 * Gives a command's parser the options of a table, and holds their numbers to the rows' limits.
 * @param otherwise as for {@link yargsOptions}
 */
export function withOptions<Table extends Rows, T>(argv: Argv<T>, rows: Table, otherwise?: Defaults<Table>): Argv<T> {
  argv.options(yargsOptions(rows, otherwise)).check((values) => {
    requireLimits(rows, values);
    return true;
  });
  return argv;
}

/** @throws CuppingError `usage` that names the option whose number is outside its limits */
function requireLimits(rows: Rows, values: Readonly<Record<string, unknown>>): void {
  for (const [name, row] of Object.entries(rows)) {
    const value = values[name];
    if (row.type === "number" && typeof value === "number") requireWithin(`--${kebab(name)}`, value, row.limits);
  }
}

/** What `--help` says of the default of an option that has none in its row, by its name there. */
type Defaults<Table extends Rows> = Readonly<Partial<Record<keyof Table & string, string | number>>>;

/**
 * The definition of options for the parser of the command line.
 * @param otherwise stands in place of what the row says of its default
 */
export function yargsOptions<Table extends Rows>(rows: Table, otherwise?: Defaults<Table>): Record<string, Options> {
  const said: Readonly<Record<string, string | number | undefined>> = otherwise ?? {};
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [kebab(name), definition(row, said[name])]));
}

function definition(row: Row, otherwise: string | number | undefined = row.otherwise): Options {
  return {
    ...kind(row),
    describe: row.describe,
    requiresArg: row.type !== "boolean" && !(row.type === "string" && row.mayStandAlone === true),
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
