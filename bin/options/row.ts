import type { NumberLimits } from "../../harness/number-limits.ts";

// An option is written down once, as a row of a table. From the row follow its definition for the command line, the
// type of the parsed arguments, the type and the schema of the configuration, what `repeat:` prints and what the gate
// passes on.

interface About {
  /** What `--help` and the configuration's schema say of it. */
  readonly describe: string;
  /** What happens when it is not given, where that is no value, e.g. `drawn, and recorded`. */
  readonly otherwise?: string;
  /** Says where results go or how much is told, and changes nothing in the run: `repeat:` leaves it out. */
  readonly output?: true;
  /** Names what is written: it is probed before anything else is done. */
  readonly writes?: "file" | "folder";
  /** The flag without which nothing is written there. */
  readonly writesWith?: string;
  /** `repeat:` names it even where it has its default. */
  readonly always?: true;
  /** The gate decides it for what it runs, whatever the configuration says. */
  readonly ofGate?: true;
  /** Stands on the command line alone: it is about one call, or has another place in the configuration. */
  readonly perCall?: true;
  /** Stands at the top of the configuration, for every command that has it. */
  readonly top?: true;
  /** How the configuration writes it, where that is not as the command line does. */
  readonly inFile?: "text-or-number" | "one-or-more" | "thresholds";
  /** Heading under which `--help` lists it. */
  readonly group?: string;
}

interface TextRow extends About {
  readonly type: "string";
  readonly default?: string;
  /** What the schema of the configuration holds it to. */
  readonly limits?: { readonly pattern: string };
  /** It may stand without a value, and then is the empty text. */
  readonly mayStandAlone?: true;
}

interface NumberRow extends About {
  readonly type: "number";
  readonly default?: number;
  /** What the command line and the schema of the configuration hold it to. */
  readonly limits: NumberLimits;
}

interface FlagRow extends About {
  readonly type: "boolean";
  readonly default?: boolean;
}

/** One of several words. */
interface ChoiceRow<Choice = string> extends About {
  readonly type: "choice";
  readonly choices: readonly Choice[];
  readonly default?: Choice;
}

/** May be given several times. */
interface ListRow<Item = string> extends About {
  readonly type: "list";
  readonly choices?: readonly Item[];
  /** Takes exactly one value each time; without it, several may follow. */
  readonly nargs?: 1;
  readonly default?: readonly Item[];
}

/** One option. */
export type Row = TextRow | NumberRow | FlagRow | ChoiceRow | ListRow;

/** Options by their names in camel case; the command line spells them with hyphens. */
export type Rows = Readonly<Record<string, Row>>;

type KeysOfRows = keyof TextRow | keyof NumberRow | keyof FlagRow | keyof ChoiceRow | keyof ListRow;

/** What a row must be, given its type and choices. */
type Proper<R> = (R extends { type: "choice"; choices: readonly (infer Choice)[] }
  ? ChoiceRow<Choice>
  : R extends { type: "list"; choices: readonly (infer Item)[] }
    ? ListRow<Item>
    : Row) & { readonly [K in Exclude<keyof R, KeysOfRows>]: never };

/**
 * The type of a table whose rows are right. It does not compile when a default does not fit its row's type or choices,
 * when a row lacks its description, or when it says something that rows do not know.
 */
export type Checked<Table extends { readonly [K in keyof Table]: Proper<Table[K]> }> = Table;

type Flat<T> = { [K in keyof T]: T[K] };

/** Tables as one. */
type Merged<Tables extends readonly unknown[]> = Tables extends readonly [infer First, ...infer Rest]
  ? First & Merged<Rest>
  : unknown;

type Clash<Tables extends readonly unknown[]> = Tables extends readonly [infer First, ...infer Rest]
  ? (keyof First & keyof Merged<Rest>) | Clash<Rest>
  : never;

/** The options of a command: those of its tables. Two tables may not have a name in common. */
export interface CommandOptions<Tables extends readonly Rows[]> {
  readonly tables: Tables;
  readonly rows: Clash<Tables> extends never ? Flat<Merged<Tables>> : { twice: Clash<Tables> };
}

/** Puts tables together. The order of tables and rows is that of `--help` and of `repeat:`. */
export function together<Tables extends readonly Rows[]>(...tables: Tables): CommandOptions<Tables> {
  return { tables, rows: Object.assign({}, ...tables) } as CommandOptions<Tables>;
}

/** The value of an option on the command line. */
export type ValueOf<R> = R extends { type: "choice"; choices: readonly (infer Choice)[] }
  ? Choice
  : R extends { type: "list"; choices: readonly (infer Item)[] }
    ? Item[]
    : R extends { type: "list" }
      ? string[]
      : R extends { type: "number" }
        ? number
        : R extends { type: "boolean" }
          ? boolean
          : string;

/** What the parser makes of a table: what has a default is always there. */
export type ArgumentsOf<Table> = Flat<
  {
    -readonly [K in keyof Table as Table[K] extends { default: unknown } ? K : never]: ValueOf<Table[K]>;
  } & {
    -readonly [K in keyof Table as Table[K] extends { default: unknown } ? never : K]?: ValueOf<Table[K]>;
  }
>;

/** An option's name as the command line spells it: `userTemplate` is `user-template`. */
export function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What the options of a table are when none is given. */
export function defaultsOf<Table extends Rows>(table: Table): ArgumentsOf<Table> {
  const withDefault = Object.entries(table).filter(([, row]) => row.default !== undefined);
  return Object.fromEntries(withDefault.map(([name, row]) => [name, row.default])) as ArgumentsOf<Table>;
}

/** Of all arguments those of one table. */
export function argumentsFor<Table extends Rows>(table: Table, values: ArgumentsOf<Table>): ArgumentsOf<Table> {
  const given = values as Readonly<Record<string, unknown>>;
  const names = Object.keys(table).filter((name) => given[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, given[name]])) as ArgumentsOf<Table>;
}
