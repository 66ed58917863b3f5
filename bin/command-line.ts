import yargs, { type Argv, type CommandModule } from "yargs";
import { CuppingError } from "../harness/errors.ts";
import { configuredOptions, isConfigurable } from "./config/configured-options.ts";
import { nearest } from "./nearest.ts";
import { configRows } from "./options/config.ts";
import { kebab } from "./options/row.ts";
import { yargsOptions } from "./options/yargs-options.ts";

/** What yargs knows of the options of the chosen command; its typings leave this method out. */
interface KnownOptions {
  key: Record<string, unknown>;
  alias: Record<string, string[]>;
  string: string[];
  number: string[];
  array: string[];
}

const knownOptions = (argv: Argv): KnownOptions => (argv as unknown as { getOptions(): KnownOptions }).getOptions();

const optionNames = (options: KnownOptions): string[] =>
  [...new Set([...Object.keys(options.key), ...Object.values(options.alias).flat()].map(kebab))].filter(
    (name) => name.length > 1,
  );

/** Whether what yargs read as a number is none; undefined is what was not given. */
const isNoNumber = (value: unknown): boolean => value !== undefined && !Number.isFinite(value);

/** Turns what yargs says of a bad command line into one sentence that names what was probably meant. */
function usageError(
  message: string,
  options: KnownOptions,
  commandNames: readonly string[],
  command?: string,
): CuppingError {
  const unknown = /^Unknown (argument|command)s?: (.+)$/.exec(message);
  const help = command === undefined ? "cupping --help" : `cupping ${command} --help`;
  const missing = /^Not enough arguments following: (.+)$/.exec(message);
  if (missing) return new CuppingError("usage", `--${kebab(missing[1] as string)} needs a value (see ${help})`);
  if (!unknown) return new CuppingError("usage", `${message.replaceAll("\n", " ")} (see ${help})`);
  const words = (unknown[2] as string).split(", ");
  // yargs names an unknown option twice when it holds capitals or hyphens: as written and in camel case.
  const word = words.find((candidate) => candidate.includes("-")) ?? (words[0] as string);
  if (command === undefined) {
    // Of an unknown command's words yargs names what it likes.
    const first = process.argv[2];
    const named = first === undefined || first.startsWith("-") ? word : first;
    const meant = nearest(named, commandNames);
    return new CuppingError(
      "usage",
      `there is no command "${named}"${meant ? `; did you mean "${meant}"?` : ""} (see ${help})`,
    );
  }
  if (
    !process.argv.some((argument) => argument.replace(/^--?(no-)?/, "").startsWith(word) && argument.startsWith("-"))
  ) {
    return new CuppingError("usage", `"${word}" was not expected here (see ${help})`);
  }
  const meant = nearest(word, optionNames(options));
  return new CuppingError(
    "usage",
    `there is no option --${word}${meant ? `; did you mean --${meant}?` : ""} (see ${help})`,
  );
}

/** Lets the configuration file give a command the options that its command line does not give. */
async function configurable(built: Argv, command: CommandModule, words: readonly string[]): Promise<Argv> {
  const name = String(command.command).split(" ")[0] as string;
  if (!isConfigurable(name)) return built;
  // `gate` has it among its own.
  if (!Object.hasOwn(knownOptions(built).key, "config")) built.options(yargsOptions(configRows));
  // Only the command that runs reads the file: the help of all commands must not fail because of it.
  if (words[0] !== name) return built;
  const { key, string, array } = knownOptions(built);
  const camel = (option: string): string => option.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return built.config(
    await configuredOptions(name, words, {
      known: Object.keys(key).map(camel),
      texts: string.map(camel),
      lists: array.map(camel),
    }),
  );
}

/** Makes the options of a command that are numbers insist on one, and those that take a single value on being given once. */
function strictly(command: CommandModule, words: readonly string[]): CommandModule {
  const builder = command.builder;
  if (typeof builder !== "function") {
    throw new CuppingError("internal", `the command ${String(command.command)} has no builder function`);
  }
  return {
    ...command,
    builder: async (argv) => {
      const built = await configurable((await builder(argv)) as Argv, command, words);
      const options = knownOptions(built);
      return built.check((values) => {
        for (const name of Object.keys(options.key)) {
          const value = values[name];
          if (options.number.includes(name) && [value].flat().some(isNoNumber)) {
            throw new CuppingError("usage", `--${kebab(name)} takes a number`);
          }
          if (Array.isArray(value) && !options.array.includes(name)) {
            throw new CuppingError(
              "usage",
              `--${kebab(name)} was given ${value.length} times but takes a single value`,
            );
          }
        }
        return true;
      });
    },
  };
}

/**
 * Parses a command line and runs the command it names.
 * @param commandNames every command there is, for the suggestion after a typing error
 * @throws CuppingError `usage` for an unknown command or option, a missing or repeated value, or a number that is none
 */
export async function runCommandLine(
  words: readonly string[],
  commands: readonly CommandModule[],
  commandNames: readonly string[],
  version: string,
): Promise<void> {
  const [first] = words;
  const named = first !== undefined && commandNames.includes(first) ? first : undefined;
  const parser = yargs([...words])
    .scriptName("cupping")
    .usage("$0 <command> [options]\n\nProves that a CIM instant-messaging server is right and fast.")
    .strict()
    .demandCommand(1, "name a command")
    .version(version)
    .alias("help", "h")
    .wrap(Math.min(120, process.stdout.columns ?? 100))
    .exitProcess(false);
  for (const command of commands) parser.command(strictly(command, words));
  const refuse = (message: string, error?: Error): never => {
    if (error && error.name !== "YError") throw error;
    throw usageError(error?.message ?? message, knownOptions(parser), commandNames, named);
  };
  parser.fail(refuse);
  // A missing value is thrown past fail().
  await parser.parseAsync().catch((error: Error) => refuse(error.message, error));
}
