/** Reads the command lines of scripts for developers, which take options alone. */
import { parseArgs } from "node:util";

/** What one option takes. A switch is off where it is not given. */
export type ScriptOption =
  | { readonly type: "switch"; readonly default?: boolean }
  | { readonly type: "text"; readonly default?: string }
  | { readonly type: "texts" }
  /** A whole number from 1 on, or `min`. */
  | { readonly type: "count"; readonly default?: number; readonly min?: number }
  /** Minutes or seconds. */
  | { readonly type: "time"; readonly default?: number }
  /** A regular expression; every name fits where it is not given. */
  | { readonly type: "pattern" };

/** By their names, as they are written behind `--`. */
export type ScriptOptions = Readonly<Record<string, ScriptOption>>;

interface Types {
  switch: boolean;
  text: string;
  texts: readonly string[];
  count: number;
  time: number;
  pattern: RegExp;
}

type ValueOf<O extends ScriptOption> = O["type"] extends "switch" | "pattern"
  ? Types[O["type"]]
  : O extends { readonly default: unknown }
    ? Types[O["type"]]
    : Types[O["type"]] | undefined;

/** What was given, or the defaults. */
export type ScriptValues<T extends ScriptOptions> = { readonly [Name in keyof T]: ValueOf<T[Name]> };

/** Ends a script whose command line is wrong. @param sentence what is wrong with it, without a full stop */
export function refuseCommandLine(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}

/** The options of this script's command line; a wrong one ends it with one sentence and exit code 2. */
export function scriptOptions<const T extends ScriptOptions>(options: T): ScriptValues<T> {
  const given = parse(options);
  const values = Object.entries(options).map(([name, option]) => [name, valueFrom(`--${name}`, option, given[name])]);
  return Object.fromEntries(values) as ScriptValues<T>;
}

type Given = boolean | string | readonly (boolean | string)[] | undefined;

function parse(options: ScriptOptions): Readonly<Record<string, Given>> {
  const forNode = Object.entries(options).map(([name, { type }]) => {
    const kind = type === "switch" ? ("boolean" as const) : ("string" as const);
    return [name, { type: kind, multiple: type === "texts" }] as const;
  });
  // Where nothing is on by itself, `--no-restarts` is an option of that name.
  const allowNegative = Object.values(options).some((option) => option.type === "switch" && option.default === true);
  try {
    return parseArgs({ options: Object.fromEntries(forNode), allowNegative }).values;
  } catch (error) {
    // What Node adds to its first sentence is about positional arguments, which no script takes.
    const [sentence] = (error as Error).message.split(/\.? (?=[A-Z])|\n/);
    const names = Object.keys(options).map((name) => `--${name}`);
    return refuseCommandLine(`${sentence}; there ${names.length === 1 ? "is" : "are"} ${names.join(", ")}`);
  }
}

function valueFrom(name: string, option: ScriptOption, given: Given): unknown {
  switch (option.type) {
    case "switch":
      return given ?? option.default ?? false;
    case "text":
      return given ?? option.default;
    case "texts":
      return given;
    case "count":
      return given === undefined ? option.default : count(name, String(given), option.min ?? 1);
    case "time":
      return given === undefined ? option.default : time(name, String(given));
    case "pattern":
      return pattern(name, String(given ?? ""));
  }
}

function count(name: string, text: string, min: number): number {
  const number = Number(text);
  if (text.trim() !== "" && Number.isSafeInteger(number) && number >= min) return number;
  return refuseCommandLine(`${name} takes a whole number from ${min} on, but got "${text}"`);
}

function time(name: string, text: string): number {
  const number = Number(text);
  if (text.trim() !== "" && number > 0) return number;
  return refuseCommandLine(`${name} takes a number above 0, but got "${text}"`);
}

function pattern(name: string, text: string): RegExp {
  try {
    return new RegExp(text, "i");
  } catch (error) {
    return refuseCommandLine(`${name} takes a regular expression, but got "${text}": ${(error as Error).message}`);
  }
}
